using System.Globalization;
using MemoryTriggers.Benchmarks.Capture;
using MemoryTriggers.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Benchmarks.Configuration;

/// <summary>
/// What a configuration costs: loading and validating a file with every key, beside a bare load of the same as JSON; taking over a change; a call of a trigger whose type is
/// switched off, beside a plain call. The variants take turns, round by round, and the medians are shown.
/// </summary>
internal static class ConfigurationBenchmark
{
    public const int DefaultRounds = 51;
    private const int Calls = 1_000_000;

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        try
        {
            var file = new FullFile(folder);
            file.Write();
            var changes = new Dictionary<string, string?> { ["MemoryTriggers:types:workflow_completion:enabled"] = "false" };
            var root = new ConfigurationBuilder().AddMemoryTriggersYaml(file.Yaml, static source => source.ReloadOnChange = false).AddInMemoryCollection(changes).Build();
            await using var service = await MemoryTriggerService.StartAsync(options => options.Use(root), new InMemoryMemoryBackend(), NullLoggerFactory.Instance);
            Measure(file, root, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(FullFile file, IConfigurationRoot root, int rounds)
    {
        var (plain, off) = (new TargetContender<PlainTarget>("plain call"), new TargetContender<WovenTarget>("woven"));
        (string Name, Measurement Measured, Action<int> Turn, int Count)[] variants =
        [
            ("bare: JSON loaded", new Measurement(), Times(() => new ConfigurationBuilder().AddJsonFile(file.Json).Build()), 5),
            ("bare: JSON loaded and bound to the same type", new Measurement(), Times(() => new ConfigurationBuilder().AddJsonFile(file.Json).Build().GetSection(MemoryTriggersOptions.Section).Get<ConfigurationSnapshot>()), 5),
            ("YAML loaded, with places", new Measurement(), Times(() => new ConfigurationBuilder().AddMemoryTriggersYaml(file.Yaml, static source => source.ReloadOnChange = false).Build()), 5),
            ("YAML loaded, bound and validated", new Measurement(), Times(() => Validate(file)), 5),
            ("a change taken over while the program runs", new Measurement(), Times(() => Toggle(root)), 2),
        ];
        foreach (var variant in variants) for (var warm = 0; warm < 30; warm++) variant.Turn(variant.Count);
        plain.WarmUp(Calls);
        off.WarmUp(Calls);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var variant in variants) variant.Measured.Round(variant.Turn, variant.Count);
            plain.Round(Calls / 10);
            off.Round(Calls / 10);
        }

        Write([.. variants.Select(static variant => (variant.Name, variant.Measured))], plain, off, rounds);
    }

    private static Action<int> Times(Action act) => count =>
    {
        for (var number = 0; number < count; number++) act();
    };

    private static void Validate(FullFile file)
    {
        var root = new ConfigurationBuilder().AddMemoryTriggersYaml(file.Yaml, static source => source.ReloadOnChange = false).Build();
        if (!MemoryConfiguration.Validate(root.GetSection(MemoryTriggersOptions.Section), root).IsValid) throw new InvalidOperationException("The file is wrong.");
    }

    // Reads the file again, validates, compares, applies, and forces a line of the audit log to disk.
    private static void Toggle(IConfigurationRoot root)
    {
        const string Key = "MemoryTriggers:performance:batch_size";
        root[Key] = root[Key] == "20" ? "30" : "20";
        root.Reload();
    }

    private static void Write((string Name, Measurement Measured)[] variants, Contender plain, Contender off, int rounds)
    {
        Console.WriteLine($"medians of {rounds} rounds, and the quickest");
        Console.WriteLine();
        Console.WriteLine("| | µs | quickest, µs | quickest, to the bare load | KB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, measured) in variants)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {measured.Nanoseconds / 1000:N0} | {measured.LeastNanoseconds / 1000:N0} | {measured.LeastNanoseconds / variants[0].Measured.LeastNanoseconds:N1} | {measured.Bytes / 1024:N0} |"));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a call: plain {plain.Sync.LeastNanoseconds:N2} ns, of a trigger whose type is switched off {off.Sync.LeastNanoseconds:N2} ns ({off.Sync.Bytes:N0} bytes)"));
    }
}
