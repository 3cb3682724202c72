using System.Globalization;

namespace MemoryTriggers.Soak;

/// <summary>What was asked for on the command line.</summary>
internal sealed record SoakOptions
{
    public const string Help = """
        Injects faults into MemoryTriggers, counts what is lost and doubled, and prints one table. The exit code is 1 when there was any.

        Usage: eng/soak.sh [minutes] [seed] [options]

          minutes             how long the last part, the load, runs (10)
          seed                what all injections are drawn from (a new one); it is printed, and the same one repeats them
          --cycles N          kills at a random moment (1000)
          --per-point N       kills at each named point (50)
          --power-losses N    simulated losses of power, in each mode of the journal (500)
          --seeds N           simulated runs, with this seed and the ones after it (10000); a single one shows what happens
          --backlog MB        how large the journal is made (5120)
          --check-every N     kills between two looks into the store (25)
          --rate N            calls a second under load (1000)
          --only PART         only kill, points, power, backlog, simulation or load; may be repeated
          --folder PATH       where the data goes (a new folder in the temporary one); kept when something failed

        """;

    public double Minutes { get; init; } = 10;

    public int Seed { get; init; } = Random.Shared.Next();

    public int Cycles { get; init; } = 1000;

    public int PerPoint { get; init; } = 50;

    public int PowerLosses { get; init; } = 500;

    public int Seeds { get; init; } = 10_000;

    public int BacklogMegabytes { get; init; } = 5 * 1024;

    public int CheckEvery { get; init; } = 25;

    public int Rate { get; init; } = 1000;

    public IReadOnlyList<string> Only { get; init; } = [];

    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), $"memory-triggers-soak-{Environment.ProcessId}");

    public bool Runs(string part) => Only.Count == 0 || Only.Contains(part);

    /// <summary>Random numbers for one part of the run, the same for the same seed.</summary>
    public Random Draw(int part) => new(unchecked((Seed * 397) ^ part));

    /// <exception cref="FormatException">Something there is not understood.</exception>
    public static SoakOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SoakOptions();
        var positional = 0;
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                options = positional++ switch
                {
                    0 => options with { Minutes = double.Parse(argument, CultureInfo.InvariantCulture) },
                    1 => options with { Seed = Number(argument) },
                    _ => throw new FormatException($"'{argument}' is one too many"),
                };
                continue;
            }

            var value = ++at < arguments.Count ? arguments[at] : throw new FormatException($"{argument} needs a value");
            options = argument switch
            {
                "--cycles" => options with { Cycles = Number(value) },
                "--per-point" => options with { PerPoint = Number(value) },
                "--power-losses" => options with { PowerLosses = Number(value) },
                "--seeds" => options with { Seeds = Number(value) },
                "--backlog" => options with { BacklogMegabytes = Number(value) },
                "--check-every" => options with { CheckEvery = Math.Max(1, Number(value)) },
                "--rate" => options with { Rate = Math.Max(1, Number(value)) },
                "--folder" => options with { Folder = Path.GetFullPath(value) },
                "--only" when value is "kill" or "points" or "power" or "backlog" or "simulation" or "load" => options with { Only = [.. options.Only, value] },
                _ => throw new FormatException($"'{argument} {value}' is not understood"),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
