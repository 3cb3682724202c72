using System.Globalization;
using MemoryTriggers.Benchmarks.Capture;

namespace MemoryTriggers.Benchmarks.Hooks;

/// <summary>What hooks cost, on one thread, with the journal behind them. The cases take turns, round by round, and the medians are shown.</summary>
internal static class HooksBenchmark
{
    public const int DefaultRounds = 15;
    private const int PerRound = 5_000;
    private const int WarmUp = 20_000;

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        try
        {
            await using var cases = new HookCases();
            using var journal = new DrainedJournal(folder);
            foreach (var one in cases.All) Turn(one, journal, one.WarmUp, WarmUp);
            for (var round = 0; round < rounds; round++)
            {
                foreach (var one in cases.All) Turn(one, journal, one.Round, PerRound);
            }

            Console.WriteLine($"medians of {rounds} rounds of {PerRound.ToString("N0", CultureInfo.InvariantCulture)}");
            Console.WriteLine();
            Console.WriteLine("| | ns | bytes | times that without |");
            Console.WriteLine("|---|---|---|---|");
            foreach (var one in cases.All)
            {
                var without = cases.All.FirstOrDefault(other => other.Name == one.Beside)?.Measured.Nanoseconds;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"| {one.Name} | {one.Measured.Nanoseconds:N0} | {one.Measured.Bytes:N0} | {(without is > 0 ? one.Measured.Nanoseconds / without : null):0.0} |"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Turn(HookCase one, DrainedJournal journal, Action<int> turn, int count)
    {
        if (one.IsCapturing) journal.During(() => turn(count));
        else turn(count);
    }
}
