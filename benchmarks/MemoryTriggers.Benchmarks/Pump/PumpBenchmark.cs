using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Benchmarks.Pump;

/// <summary>From the call to the commit, full text included: how many a second, how long each takes when the store keeps up, and what idling costs.</summary>
internal static class PumpBenchmark
{
    public const int DefaultRounds = 5;
    private const int Records = 100_000;
    private const int Paced = 10_000;
    private const int PerSecond = 2_000;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(int rounds)
    {
        var found = new Medians();
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var store in new[] { "SQLite", "in memory" }) await RoundAsync(store, round == 0 ? new Medians() : found);
            Console.Error.Write($"\rround {round} of {rounds}");
        }

        Console.Error.WriteLine();
        var idle = await IdleAsync();
        Console.WriteLine($"medians of {rounds} rounds; {Records.ToString("N0", CultureInfo.InvariantCulture)} records at full speed, {PerSecond.ToString("N0", CultureInfo.InvariantCulture)} a second for the latency");
        Console.WriteLine();
        Console.WriteLine("| store | stored a second | calls a second meanwhile | latency, median | 99th percentile | 99.9th |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var store in new[] { "SQLite", "in memory" })
            Console.WriteLine(FormattableString.Invariant($"| {store} | {found[store + " stored"]:N0} | {found[store + " called"]:N0} | {found[store + " p50"]:0.0} ms | {found[store + " p99"]:0.0} ms | {found[store + " p99.9"]:0.0} ms |"));
        Console.WriteLine(FormattableString.Invariant($"\nidle: {idle.TotalMilliseconds:0} ms of processor time in {Idle.TotalSeconds:0} s"));
    }

    private static async Task RoundAsync(string store, Medians found)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        try
        {
            await FullSpeedAsync(store, Path.Combine(folder, "speed"), found);
            await PacedAsync(store, Path.Combine(folder, "paced"), found);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FullSpeedAsync(string store, string folder, Medians found)
    {
        await using var memory = await StartAsync(store, folder, new long[Records], out _);
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < Records; number++) Call(number);
        var called = Stopwatch.GetElapsedTime(start);
        if (!await memory.FlushAsync(TimeSpan.FromMinutes(5))) throw new InvalidOperationException("they were not stored in time");
        found.Add(store + " stored", Records / Stopwatch.GetElapsedTime(start).TotalSeconds);
        found.Add(store + " called", Records / called.TotalSeconds);
    }

    private static async Task PacedAsync(string store, string folder, Medians found)
    {
        var captured = new long[Paced];
        await using var memory = await StartAsync(store, folder, captured, out var stamped);
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < Paced; number++)
        {
            var wait = TimeSpan.FromSeconds((double)number / PerSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait);
            captured[number] = Stopwatch.GetTimestamp();
            Call(number);
        }

        await memory.FlushAsync(TimeSpan.FromMinutes(1));
        var latencies = stamped.Latencies;
        found.Add(store + " p50", Medians.Of(latencies, 0.5));
        found.Add(store + " p99", Medians.Of(latencies, 0.99));
        found.Add(store + " p99.9", Medians.Of(latencies, 0.999));
    }

    private static async Task<TimeSpan> IdleAsync()
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        await using (var memory = await StartAsync("SQLite", folder, new long[1], out _))
        {
            Call(0);
            await memory.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(2));
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            await Task.Delay(Idle);
            process.Refresh();
            var used = process.TotalProcessorTime - before;
            return used;
        }
    }

    private static void Call(int number)
    {
        using var scope = TriggerScope.Workflow("deployment", project: "benchmark");
        scope.AddMetadata("number", number).AddMetadata("environment", "production").AddMetadata("branch", "release/2026-11").AddTags("production", "deployment");
        scope.SetResult("The new version answers on all hosts.");
    }

    private static Task<MemoryTriggerService> StartAsync(string store, string folder, long[] captured, out StampedBackend stamped)
    {
        stamped = new StampedBackend(
            store == "SQLite" ? new SqliteMemoryBackend(new SqliteBackendOptions { Path = Path.Combine(folder, "memory.db") }, NullLogger.Instance, TimeProvider.System) : new InMemoryMemoryBackend(), captured);
        Directory.CreateDirectory(folder);
        return MemoryTriggerService.StartAsync(options => options.DataDirectory = folder, stamped);
    }
}
