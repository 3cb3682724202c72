using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>LiteDB and SQLite with the same memories, in turns: writing, reading by key, the newest of a project, and a search by words.</summary>
internal static class LiteDbBesideSqlite
{
    private const int Memories = 50_000;
    private const int BatchSize = 500;
    private static readonly MemoryQuery Everywhere = new() { AllProjects = true };

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        try
        {
            var paths = (Sqlite: Path.Combine(folder, "memory.db"), LiteDb: Path.Combine(folder, "memory.litedb"));
            await using var sqlite = new SqliteMemoryBackend(new() { Path = paths.Sqlite }, NullLogger.Instance, TimeProvider.System);
            await using var litedb = new LiteDbMemoryBackend(new() { Path = paths.LiteDb }, NullLogger.Instance, TimeProvider.System);
            IMemoryBackend[] stores = [sqlite, litedb];
            foreach (var store in stores) await store.InitializeAsync(CancellationToken.None);
            var found = new Medians();
            await WriteAsync(stores, found);
            for (var round = 0; round < rounds; round++)
                foreach (var store in round % 2 == 0 ? stores : [.. stores.Reverse()]) await ReadAsync(store, found, round);

            Console.WriteLine($"LiteDB beside SQLite, {Memories:N0} memories in batches of {BatchSize}; medians of {rounds} rounds");
            Console.WriteLine();
            Console.WriteLine("| what | SQLite | LiteDB |");
            Console.WriteLine("|---|---:|---:|");
            foreach (var (name, unit) in new[] { ("stored a second", "N0"), ("by id, ms", "F3"), ("by key, ms", "F3"), ("newest ten, ms", "F3"), ("search, ms", "F2") })
                Console.WriteLine($"| {name} | {Number(found["sqlite " + name], unit)} | {Number(found["litedb " + name], unit)} |");
            Console.WriteLine($"| file, MB | {Number(Size(paths.Sqlite), "F1")} | {Number(Size(paths.LiteDb), "F1")} |");
            Console.WriteLine();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(IMemoryBackend[] stores, Medians found)
    {
        var samples = new SampleMemories();
        for (var stored = 0; stored < Memories; stored += BatchSize)
        {
            var batch = samples.Batch(BatchSize);
            foreach (var store in stores)
            {
                var started = Stopwatch.GetTimestamp();
                await store.StoreAsync(batch, CancellationToken.None);
                found.Add($"{store.Name} stored a second", BatchSize / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }
    }

    private static async Task ReadAsync(IMemoryBackend store, Medians found, int round)
    {
        var newest = await MeasureAsync("newest ten, ms", () => store.QueryAsync(Everywhere with { Project = "shop" }, CancellationToken.None));
        await MeasureAsync("by id, ms", () => store.GetAsync(newest[round % newest.Count].Id, CancellationToken.None));
        await MeasureAsync("by key, ms", () => store.QueryAsync(Everywhere with { Key = newest[round % newest.Count].Key }, CancellationToken.None));
        var issue = newest[round % newest.Count].Content[..8];
        await MeasureAsync("search, ms", () => store.SearchAsync($"what was {issue}", Everywhere, CancellationToken.None));

        async Task<T> MeasureAsync<T>(string name, Func<ValueTask<T>> read)
        {
            await read();
            var started = Stopwatch.GetTimestamp();
            var answer = await read();
            found.Add($"{store.Name} {name}", Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return answer;
        }
    }

    private static double Size(string path) => Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*").Sum(static file => new FileInfo(file).Length) / 1e6;

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
