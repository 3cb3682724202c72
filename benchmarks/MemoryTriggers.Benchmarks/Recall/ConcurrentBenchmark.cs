using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Benchmarks.Recall;

/// <summary>How fast PostgreSQL answers right after many writes, to one reader and to several at once, and while somebody writes.</summary>
internal static class ConcurrentBenchmark
{
    public const int DefaultMemories = 10_000;
    private const int Seed = 4711;
    private const int Questions = 500;
    private const int Readers = 8;
    private const int WarmUp = 50;
    private const int BatchSize = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="memories">How many there are before anybody asks.</param>
    /// <param name="connection">A PostgreSQL server that is there already, and whose schema <c>concurrent</c> has nothing in it; <see langword="null"/> to start one.</param>
    public static async Task<int> RunAsync(int memories, string? connection)
    {
        if (connection is null && PostgresBinaries.Missing is { } reason)
        {
            Console.Error.WriteLine(reason);
            return 1;
        }

        await using var server = connection is null ? await PostgresServer.StartAsync(isDurable: true, CancellationToken.None) : null;
        await using var backend = new PostgresMemoryBackend(
            new() { ConnectionString = connection ?? server!.ConnectionString, Schema = "concurrent" }, NullLogger.Instance, TimeProvider.System);
        await backend.InitializeAsync(CancellationToken.None);
        var corpus = new OperationCorpus(Seed);
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in corpus.Make(memories, every: memories / Questions).Chunk(500)) await backend.StoreAsync(batch, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL, {memories:N0} memories, stored at {memories / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} a second just before"));
        Console.WriteLine();
        Console.WriteLine("| readers at once | memories written a second meanwhile | searches a second | search, median | 99th percentile |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        string[] questions = [.. corpus.Questions.Select(static question => question.Text)];
        await AskAsync(backend, questions[..WarmUp], readers: 1);
        await ReportAsync(backend, questions, readers: 1, writing: null);
        await ReportAsync(backend, questions, Readers, writing: null);
        var more = corpus.Make(int.MaxValue, every: int.MaxValue).Chunk(BatchSize);
        await ReportAsync(backend, questions, readers: 1, more);
        await ReportAsync(backend, questions, Readers, more);
        Console.WriteLine();
        return 0;
    }

    private static async Task ReportAsync(PostgresMemoryBackend backend, string[] questions, int readers, IEnumerable<MemoryEntry[]>? writing)
    {
        using var stopping = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();
        var writer = writing is null ? Task.FromResult(0) : Task.Run(() => WriteAsync(backend, writing, stopping.Token));
        var times = await AskAsync(backend, questions, readers);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await stopping.CancelAsync();
        var written = await writer;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {readers} | {written / seconds:N0} | {times.Count / seconds:N0} | {Medians.Of(times, 0.5):F1} ms | {Medians.Of(times, 0.99):F1} ms |"));
    }

    // Each reader asks all questions, beginning somewhere else.
    private static async Task<List<double>> AskAsync(PostgresMemoryBackend backend, string[] questions, int readers)
    {
        var times = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, readers).Select(reader => Task.Run(async () =>
        {
            for (var i = 0; i < questions.Length; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await backend.SearchAsync(questions[(i + reader * questions.Length / readers) % questions.Length], new MemoryQuery { Project = "shop", Limit = 10 }, CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        return [.. times];
    }

    // As a program that makes a thousand memories a second, which the pump stores in batches.
    private static async Task<int> WriteAsync(PostgresMemoryBackend backend, IEnumerable<MemoryEntry[]> batches, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Pause);
        var written = 0;
        foreach (var batch in batches)
        {
            await backend.StoreAsync(batch, CancellationToken.None);
            written += batch.Length;
            if (stopping.IsCancellationRequested) break;
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return written;
    }
}
