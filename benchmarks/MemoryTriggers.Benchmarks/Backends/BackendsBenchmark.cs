using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>
/// Writing into SQLite (<see cref="SqliteWriting"/>), and into PostgreSQL: through the backend, and by a bare insert with the same tables, indexes, batches and connections. The two take
/// turns on one server, which waits for its disk; each has a schema of its own. Then what batches (<see cref="BatchingSavings"/>) and the read cache (<see cref="CacheSavings"/>) save.
/// </summary>
internal static class BackendsBenchmark
{
    public const int DefaultRounds = 9;
    private const int BatchSize = 500;
    private const int BatchesPerRound = 24;

    /// <param name="rounds">How often what takes time is measured.</param>
    /// <param name="part"><c>sqlite</c>, <c>litedb</c>, <c>postgres</c>, <c>batching</c> or <c>cache</c>; <see langword="null"/> for all.</param>
    public static async Task<int> RunAsync(int rounds, string? part)
    {
        if (part is null or "sqlite") await SqliteWriting.RunAsync(rounds);
        if (part is null or "litedb") await LiteDbBesideSqlite.RunAsync(rounds);
        if (part is "sqlite" or "litedb") return 0;
        if (PostgresBinaries.Missing is { } reason)
        {
            Console.Error.WriteLine(reason);
            return 1;
        }

        await using var server = await PostgresServer.StartAsync(isDurable: true, CancellationToken.None);
        if (part is null or "postgres") await WritingAsync(server, rounds);
        if (part is null or "batching") await BatchingSavings.RunAsync(Make);
        if (part is null or "cache") await CacheSavings.RunAsync(Make);
        return 0;

        IMemoryBackend Make(string schema) => new PostgresMemoryBackend(new() { ConnectionString = server.ConnectionString, Schema = schema }, NullLogger.Instance, TimeProvider.System);
    }

    private static async Task WritingAsync(PostgresServer server, int rounds)
    {
        Console.WriteLine($"PostgreSQL, memories a second; medians of {rounds} rounds of {BatchesPerRound} batches of {BatchSize}");
        Console.WriteLine();
        Console.WriteLine("| writers at once | told to other processes | bare insert | backend | ratio (range of the rounds) |");
        Console.WriteLine("|---:|---|---:|---:|---:|");
        foreach (var (writers, isTold) in new[] { (1, true), (1, false), (4, true), (4, false) }) await MeasureAsync(server.ConnectionString, writers, isTold, rounds);
        Console.WriteLine();
    }

    private static async Task MeasureAsync(string connectionString, int writers, bool isTold, int rounds)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{(isTold ? "told" : "quiet")}_{writers}");
        await using var backend = await OpenAsync(connectionString, name + "_backend", isTold);
        await (await OpenAsync(connectionString, name + "_bare", isTold)).DisposeAsync();
        await using var source = NpgsqlDataSource.Create(connectionString + ";Max Auto Prepare=64;Auto Prepare Min Usages=2");
        var bare = new BareInsert(source, name + "_bare");
        var (throughBackend, byHand) = (new List<double>(), new List<double>());
        var memories = new SampleMemories();

        // The first round of each warms up.
        for (var round = 0; round <= rounds; round++)
        {
            var batches = Enumerable.Range(0, BatchesPerRound).Select(_ => memories.Batch(BatchSize)).ToList();
            var values = batches.Select(BareInsert.Prepare).ToList();

            // Neither always comes second, after what the other leaves to the disk.
            var hand = round % 2 == 0 ? await ByHandAsync() : 0;
            var through = await RateAsync(batches, writers, async batch => await backend.StoreAsync(batch, CancellationToken.None));
            if (round % 2 != 0) hand = await ByHandAsync();
            if (round == 0) continue;
            byHand.Add(hand);
            throughBackend.Add(through);

            Task<double> ByHandAsync() => RateAsync(values, writers, bare.RunAsync);
        }

        var ratios = throughBackend.Zip(byHand, static (through, hand) => through / hand).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {writers} | {(isTold ? "yes" : "no")} | {Median(byHand):N0} | {Median(throughBackend):N0} | {Median(ratios):F2} ({ratios.Min():F2} to {ratios.Max():F2}) |"));
    }

    private static async Task<PostgresMemoryBackend> OpenAsync(string connectionString, string schema, bool isTold)
    {
        var backend = new PostgresMemoryBackend(
            new() { ConnectionString = connectionString, Schema = schema, NotifyChanges = isTold }, NullLogger.Instance, TimeProvider.System);
        await backend.InitializeAsync(CancellationToken.None);
        return backend;
    }

    private static async Task<double> RateAsync<T>(List<T> batches, int writers, Func<T, Task> write)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = writers }, async (batch, _) => await write(batch));
        return batches.Count * BatchSize / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
