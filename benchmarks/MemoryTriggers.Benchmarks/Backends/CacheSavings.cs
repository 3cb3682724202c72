using System.Globalization;
using MemoryTriggers.Backends.Cache;

namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>
/// How many requests the server gets for so many reads, with the read cache and without. A few questions are asked often and many seldom (Zipf), half of the reads are
/// looks by id; a write in between forgets the answers to questions, but not the memories that it does not touch.
/// </summary>
internal static class CacheSavings
{
    private const int Reads = 5_000;
    private const int Distinct = 200;
    private const int Seed = 4711;

    public static async Task RunAsync(Func<string, IMemoryBackend> make)
    {
        Console.WriteLine($"Read cache, requests for {Reads:N0} reads, {Distinct} different questions and as many memories");
        Console.WriteLine();
        Console.WriteLine("| a write after | without | with | saved |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var every in new[] { int.MaxValue, 100, 20, 5 })
        {
            var without = await ReadAsync(make, isCached: false, every);
            var with = await ReadAsync(make, isCached: true, every);
            var name = every == int.MaxValue ? "none" : string.Create(CultureInfo.InvariantCulture, $"{every} reads");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {without:N0} | {with:N0} | {1 - (double)with / without:P1} |"));
        }

        Console.WriteLine();
    }

    private static async Task<int> ReadAsync(Func<string, IMemoryBackend> make, bool isCached, int every)
    {
        var counting = new CountingBackend(make($"cache_{isCached.ToString().ToLowerInvariant()}_{every}"));
        await using var backend = CachingBackend.Above(counting, new ReadCacheOptions { Enabled = isCached }, TimeProvider.System);
        await backend.InitializeAsync(CancellationToken.None);
        var memories = new SampleMemories();
        var known = memories.Batch(Distinct);
        await backend.StoreAsync(known, CancellationToken.None);
        var random = new Random(Seed);
        for (var read = 1; read <= Reads; read++)
        {
            var entry = known[Zipf(random)];
            if (random.Next(2) == 0) await backend.GetAsync(entry.Id, CancellationToken.None);
            else await backend.SearchAsync(entry.Key, new MemoryQuery { Project = entry.Project, Limit = 10 }, CancellationToken.None);
            if (read % every == 0) await backend.StoreAsync(memories.Batch(1), CancellationToken.None);
        }

        return counting.Reads;
    }

    // The one of rank n comes 1/n as often as the first.
    private static int Zipf(Random random) => (int)Math.Pow(Distinct, random.NextDouble()) - 1;
}
