using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.Ranking;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Benchmarks.Recall;

/// <summary>
/// What SQLite and PostgreSQL find, and how fast: recall at 1, 5 and 10 and the mean reciprocal rank (1/rank of the answer, 0 when it is not among the first ten)
/// of questions whose answers are known, and the latency of a search and of a look by id.
/// </summary>
internal static class RecallBenchmark
{
    private const int Seed = 4711;
    private const int MaxQuestions = 500;
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    /// <param name="largest">The largest number of memories.</param>
    /// <param name="store"><c>sqlite</c> or <c>postgres</c>; <see langword="null"/> for both.</param>
    /// <param name="connection">A PostgreSQL server that is there already. What was measured stays on it, and is not stored again.</param>
    public static async Task<int> RunAsync(string? largest, string? store, string? connection)
    {
        var limit = largest is null ? Sizes[^1] : int.Parse(largest, CultureInfo.InvariantCulture);
        if (store is not "sqlite" && connection is null && PostgresBinaries.Missing is { } reason)
        {
            Console.Error.WriteLine(reason);
            return 1;
        }

        await using var server = store is "sqlite" || connection is not null ? null : await PostgresServer.StartAsync(isDurable: false, CancellationToken.None);
        Console.WriteLine("| store | memories | questions | recall at 1 | at 5 | at 10 | mean reciprocal rank | search, median | 99th percentile | by id, median | 99th percentile |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        List<Func<string, Func<IMemoryBackend, Task>, Task>> stores = [];
        if (store is not "postgres") stores.Add((_, measure) => WithSqliteAsync(measure));
        if ((connection ?? server?.ConnectionString) is { } postgres) stores.Add((schema, measure) => WithPostgresAsync(postgres, schema, measure));
        foreach (var open in stores)
        {
            await open("conversations", MeasureConversationsAsync);
            await open("dialogues", MeasureDialoguesAsync);
            await open("unspaced", backend => MeasureUnspacedAsync(backend, Math.Min(limit, 100_000)));
        }

        foreach (var size in Sizes.Where(size => size <= limit))
            foreach (var open in stores) await open(string.Create(CultureInfo.InvariantCulture, $"recall_{size}"), backend => MeasureAsync(backend, size));
        VectorBenchmark.Run(limit);
        return 0;
    }

    private static async Task MeasureUnspacedAsync(IMemoryBackend backend, int size)
    {
        var corpus = new UnspacedCorpus(Seed, size, MaxQuestions);
        foreach (var batch in corpus.Entries.Chunk(1_000)) await backend.StoreAsync(batch, CancellationToken.None);
        await AskAsync(backend, corpus.Questions, $"{size.ToString("N0", CultureInfo.InvariantCulture)} in Chinese characters", new MemoryQuery { Project = "shop", Limit = 10 });
    }

    // Once by ranking all of them, as in a small project, and once through the index, as in a large one.
    private static async Task MeasureConversationsAsync(IMemoryBackend backend)
    {
        var conversations = Conversations.Load();
        await backend.StoreAsync(conversations.Entries, CancellationToken.None);
        foreach (var words in Rank(backend))
        {
            await AskAsync(backend, conversations.Questions, $"conversations, 124{words}", InProject("conversations"));
            await AskAsync(backend, conversations.Questions, $"conversations, by index{words}", Everywhere);
        }
    }

    private static MemoryQuery Everywhere => new() { AllProjects = true, Limit = 10 };

    private static MemoryQuery InProject(string project) => new() { Project = project, Limit = 10 };

    // Once by default, and once with the words of everyday English.
    private static IEnumerable<string> Rank(IMemoryBackend backend)
    {
        yield return "";
        var options = new RecallOptions { Conversations = { EverydayWords = true } };
        ((IRankedStore)backend).RankBy(new MemoryRanking(options, TimeProvider.System));
        yield return ", everyday words";
    }

    private static async Task MeasureDialoguesAsync(IMemoryBackend backend)
    {
        var dialogues = Dialogues.Load();
        await backend.StoreAsync(dialogues.Entries, CancellationToken.None);
        (string, MemoryQuery)[] ways = [("", InProject("dialogues")), (", by index", Everywhere)];
        foreach (var words in Rank(backend))
        {
            foreach (var (way, query) in ways)
            {
                await AskAsync(backend, dialogues.Tuning, $"conversations over months, for tuning{way}{words}", query);
                await AskAsync(backend, dialogues.HeldOut, $"conversations over months, held out{way}{words}", query);
            }
        }
    }

    private static async Task MeasureAsync(IMemoryBackend backend, int size)
    {
        var corpus = new OperationCorpus(Seed);
        var isThere = await backend.CountAsync(new MemoryQuery { AllProjects = true }, CancellationToken.None) == size;
        foreach (var batch in corpus.Make(size, every: size / MaxQuestions).Chunk(1_000))
        {
            if (isThere) continue;
            await backend.StoreAsync(batch, CancellationToken.None);
            Console.Error.Write($"\r{backend.Name}: {batch[^1].Value.GetProperty("serial").GetInt64()} of {size}");
        }

        Console.Error.WriteLine();
        await AskAsync(backend, corpus.Questions, size.ToString("N0", CultureInfo.InvariantCulture), new MemoryQuery { Project = "shop", Limit = 10 });
    }

    private static async Task WithSqliteAsync(Func<IMemoryBackend, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        try
        {
            await using var backend = new SqliteMemoryBackend(new() { Path = Path.Combine(folder, "memory.db") }, NullLogger.Instance, TimeProvider.System);
            await backend.InitializeAsync(CancellationToken.None);
            await measure(backend);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WithPostgresAsync(string connection, string schema, Func<IMemoryBackend, Task> measure)
    {
        await using var backend = new PostgresMemoryBackend(new() { ConnectionString = connection, Schema = schema }, NullLogger.Instance, TimeProvider.System);
        await backend.InitializeAsync(CancellationToken.None);
        await measure(backend);
    }

    private static async Task AskAsync(
        IMemoryBackend backend, IReadOnlyList<(string Text, IReadOnlySet<Guid> Answers)> questions, string title, MemoryQuery query)
    {
        var (ranks, searches, looks) = (new List<int>(), new List<double>(), new List<double>());
        // The first time warms up.
        for (var round = 0; round < 2; round++)
        {
            (ranks, searches, looks) = ([], [], []);
            foreach (var (text, answers) in questions)
            {
                var started = Stopwatch.GetTimestamp();
                var hits = await backend.SearchAsync(text, query, CancellationToken.None);
                searches.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                ranks.Add(hits.ToList().FindIndex(hit => answers.Contains(hit.Entry.Id)) + 1);
                started = Stopwatch.GetTimestamp();
                await backend.GetAsync(answers.First(), CancellationToken.None);
                looks.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        double At(int most) => (double)ranks.Count(rank => rank is > 0 && rank <= most) / ranks.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {backend.Name} | {title} | {ranks.Count} | {At(1):F3} | {At(5):F3} | {At(10):F3} | {ranks.Average(static rank => rank == 0 ? 0 : 1.0 / rank):F3} | {Medians.Of(searches, 0.5):F2} ms | {Medians.Of(searches, 0.99):F2} ms | {Medians.Of(looks, 0.5):F3} ms | {Medians.Of(looks, 0.99):F3} ms |"));
    }
}
