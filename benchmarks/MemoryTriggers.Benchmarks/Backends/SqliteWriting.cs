using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>Writing into SQLite: through the backend, and by a bare loop with the same schema, batches and durability. The two take turns.</summary>
internal static class SqliteWriting
{
    private const int BatchSize = 500;
    private const int BatchesPerRound = 24;

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        try
        {
            await using var backend = await OpenAsync(Path.Combine(folder, "backend.db"));
            await (await OpenAsync(Path.Combine(folder, "bare.db"))).DisposeAsync();
            using var bare = new BareSqlite(Path.Combine(folder, "bare.db"));
            var memories = new SampleMemories();
            var found = new Medians();
            for (var round = 0; round <= rounds; round++)
            {
                var batches = Enumerable.Range(0, BatchesPerRound).Select(_ => memories.Batch(BatchSize)).ToList();
                var hand = round % 2 == 0 ? ByHand(bare, batches) : 0;
                var started = Stopwatch.GetTimestamp();
                foreach (var batch in batches) await backend.StoreAsync(batch, CancellationToken.None);
                var through = Rate(started);
                if (round % 2 != 0) hand = ByHand(bare, batches);
                // The first round of each warms up.
                if (round == 0) continue;
                found.Add("bare", hand);
                found.Add("backend", through);
                found.Add("ratio", through / hand);
            }

            Console.WriteLine($"SQLite, memories a second; medians of {rounds} rounds of {BatchesPerRound} batches of {BatchSize}");
            Console.WriteLine();
            Console.WriteLine("| bare loop | backend | ratio |");
            Console.WriteLine("|---:|---:|---:|");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {found["bare"]:N0} | {found["backend"]:N0} | {found["ratio"]:F2} |"));
            Console.WriteLine();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double ByHand(BareSqlite bare, List<IReadOnlyList<MemoryEntry>> batches)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches) bare.Write(batch);
        return Rate(started);
    }

    private static double Rate(long started) => BatchesPerRound * BatchSize / Stopwatch.GetElapsedTime(started).TotalSeconds;

    private static async Task<SqliteMemoryBackend> OpenAsync(string path)
    {
        var backend = new SqliteMemoryBackend(new() { Path = path }, NullLogger.Instance, TimeProvider.System);
        await backend.InitializeAsync(CancellationToken.None);
        return backend;
    }
}
