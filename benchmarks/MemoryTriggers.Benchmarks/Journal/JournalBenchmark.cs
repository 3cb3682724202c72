using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Benchmarks.Journal;

/// <summary>
/// What the journal can take, beside a bare file with as many records a commit; with one, two and four producers; how long an append lasts;
/// how fast a restart gives back what was left; and what a million waiting records hold in memory.
/// </summary>
internal static class JournalBenchmark
{
    public const int DefaultRounds = 7;
    private const int RecordBytes = 512;
    private const int Records = 200_000;
    private const int Waiting = 1_000_000;
    private static readonly int[] PerCommit = [1_000, 20_000];
    private static readonly int[] Producers = [1, 2, 4];

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        var found = new Medians();
        try
        {
            // The first round is to warm up.
            for (var round = 0; round <= rounds; round++)
            {
                await RoundAsync(folder, round == 0 ? new Medians() : found);
                Console.Error.Write($"\rround {round} of {rounds}");
            }

            Console.Error.WriteLine();
            found.Add("memory", ManagedMemoryWaiting(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Write(found, rounds);
    }

    private static async Task RoundAsync(string folder, Medians found)
    {
        foreach (var perCommit in PerCommit)
        {
            found.Add($"bare, {perCommit}", Rate(Records, () => FillBare(folder, perCommit)));
            using var journal = Open(folder, "synced");
            found.Add($"journal, {perCommit}", Records / (await FillSyncedAsync(journal, perCommit, isDrained: true)).TotalSeconds);
            using var growing = Open(folder, "growing");
            found.Add($"growing, {perCommit}", Records / (await FillSyncedAsync(growing, perCommit, isDrained: false)).TotalSeconds);
        }

        foreach (var producers in Producers)
        {
            using var journal = Open(folder, "producers");
            found.Add($"{producers} producers", Rate(Records, () => FillFrom(journal, producers)));
        }

        Latencies(folder, found);
        Restart(folder, found);
    }

    private static void FillBare(string folder, int perCommit)
    {
        using var bare = new BareFile(Path.Combine(folder, "bare"), (long)Records * RecordBytes, perCommit * RecordBytes);
        var record = new byte[RecordBytes];
        for (var number = 1; number <= Records; number++)
        {
            bare.Append(record);
            if (number % perCommit == 0) bare.Commit();
        }
    }

    // What a consumer does meanwhile is not counted: reading is not appending. What it gives free is used again, as in any program whose
    // store keeps up.
    private static async Task<TimeSpan> FillSyncedAsync(CaptureJournal journal, int perCommit, bool isDrained)
    {
        var record = new byte[RecordBytes];
        var clock = new Stopwatch();
        for (var number = 1; number <= Records; number++)
        {
            clock.Start();
            Append(journal, record);
            if (number % perCommit != 0) continue;
            await journal.SyncAsync(CancellationToken.None);
            clock.Stop();
            if (isDrained) Drain(journal);
        }

        return clock.Elapsed;
    }

    private static void FillFrom(CaptureJournal journal, int producers)
    {
        var threads = Enumerable.Range(0, producers).Select(_ => new Thread(() =>
        {
            var record = new byte[RecordBytes];
            for (var number = 0; number < Records / producers; number++) Append(journal, record);
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
    }

    // At a rate that a busy program may have, 20,000 a second: at full speed it is the making of segments that is measured.
    private static void Latencies(string folder, Medians found)
    {
        using var journal = Open(folder, "latencies");
        var record = new byte[RecordBytes];
        var ticks = new List<double>(Records / 10);
        var spin = default(SpinWait);
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < Records / 10; number++)
        {
            while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMicroseconds(50.0 * number)) spin.SpinOnce(sleep1Threshold: -1);
            var start = Stopwatch.GetTimestamp();
            Append(journal, record);
            ticks.Add((Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency);
        }

        found.Add("p50", Medians.Of(ticks, 0.5));
        found.Add("p99", Medians.Of(ticks, 0.99));
        found.Add("p99.9", Medians.Of(ticks, 0.999));
    }

    private static void Restart(string folder, Medians found)
    {
        using (var journal = Open(folder, "restart")) found.Add("live", Rate(Records, () => FillFrom(journal, 1)));
        found.Add("replay", Rate(Records, () =>
        {
            using var journal = Open(folder, "restart", isNew: false);
            if (Drain(journal) != Records) throw new InvalidOperationException("the restart did not give back what was left");
        }));
    }

    private static double ManagedMemoryWaiting(string folder)
    {
        using var journal = Open(folder, "waiting");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var record = new byte[RecordBytes];
        for (var number = 0; number < Waiting; number++) Append(journal, record);
        if (journal.GetStatistics().Pending != Waiting) throw new InvalidOperationException("they do not wait");
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0;
    }

    private static int Drain(CaptureJournal journal)
    {
        var records = 0;
        while (journal.Read(TriggerPriority.Medium, 1_000, 1024 * 1024) is { IsEmpty: false } batch)
        {
            records += batch.Records.Count;
            journal.Acknowledge(batch);
            batch.Return();
        }

        return records;
    }

    private static void Append(CaptureJournal journal, byte[] record)
    {
        if (journal.TryAppend(TriggerPriority.Medium, record) != JournalAppendResult.Accepted)
            throw new InvalidOperationException("a record was dropped: the figures would be too good");
    }

    private static CaptureJournal Open(string folder, string name, bool isNew = true)
    {
        var path = Path.Combine(folder, name);
        if (isNew && Directory.Exists(path)) Directory.Delete(path, recursive: true);
        return CaptureJournal.Open(
            new JournalOptions { Directory = path, MaxBytes = 4L * 1024 * 1024 * 1024 }, NullLogger<CaptureJournal>.Instance, TimeProvider.System);
    }

    private static double Rate(int records, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return records / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Write(Medians found, int rounds)
    {
        Console.WriteLine($"records of {RecordBytes} bytes a second; medians of {rounds} rounds of {Records.ToString("N0", CultureInfo.InvariantCulture)}");
        Console.WriteLine();
        Console.WriteLine("| records a commit | bare file | journal, its consumer keeping up | ratio | journal, nobody consuming | ratio |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var perCommit in PerCommit)
            Console.WriteLine(FormattableString.Invariant($"| {perCommit:N0} | {found[$"bare, {perCommit}"]:N0} | {found[$"journal, {perCommit}"]:N0} | {found.Ratio($"journal, {perCommit}", $"bare, {perCommit}")} | {found[$"growing, {perCommit}"]:N0} | {found.Ratio($"growing, {perCommit}", $"bare, {perCommit}")} |"));
        Console.WriteLine();
        Console.WriteLine("| append, not waiting for the disk | records a second |");
        Console.WriteLine("|---|---:|");
        foreach (var producers in Producers) Console.WriteLine(found.Row($"{producers} producers"));
        Console.WriteLine(found.Row("replay"));
        Console.WriteLine(FormattableString.Invariant($"\nreplay after a restart / live ingest: {found.Ratio("replay", "live")}"));
        Console.WriteLine(FormattableString.Invariant($"an append at 20,000 a second: {found["p50"]:0} ns (median), {found["p99"]:0} ns (99th percentile), {found["p99.9"]:0} ns (99.9th)"));
        Console.WriteLine(FormattableString.Invariant($"managed memory with {Waiting:N0} records waiting: {found["memory"]:0} KB more than with none"));
    }
}
