using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using MemoryTriggers.PostgresWriter;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.WorkQueue;

/// <summary>Several processes take work from one queue, and one of them is killed while it holds some.</summary>
public sealed class WorkQueueProcessesTests
{
    private const int Workers = 4;
    private const int RoundSize = 100;
    private readonly PostgresSchemaUnderTest _schema;
    private readonly QueueUnderTest _under;

    public WorkQueueProcessesTests(SharedServer server)
    {
        _schema = server.NewSchema();
        _under = new QueueUnderTest(_schema);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Kill_OneOfFourWorkers_NothingIsLostOrDoneTwiceWithinItsLease()
    {
        await using var queue = await _under.OpenAsync();
        await _schema.ExecuteAsync(WorkerProcess.CreateNotes(_schema.Name));
        var said = Channel.CreateUnbounded<string>();
        var workers = Enumerable.Range(0, Workers).Select(worker => Start(isVictim: worker == 0)).ToList();
        var reading = Task.WhenAll(workers.Select(worker => ReadAsync(worker, said.Writer)));
        var done = new HashSet<string>();
        var added = 0;

        // There is work until the victim is in the middle of some.
        for (var isStuck = false; !isStuck || done.Count < added;)
        {
            if (!isStuck && done.Count == added) added += await queue.EnqueueAsync(Round(added), Token);
            if (await said.Reader.ReadAsync(Token) is not WorkerProcess.Stuck and var key)
            {
                done.Add(key);
                continue;
            }

            isStuck = true;
            workers[0].Kill();
        }

        foreach (var worker in workers.Skip(1)) worker.StandardInput.Close();
        await reading;
        workers.ForEach(static worker => worker.Dispose());

        Assert.Equal(Round(0, added).Select(static item => item.Key).Order(), done.Order());
        Assert.Equal(new WorkQueueCounts(0, 0, 0, 0), await queue.CountAsync(Token));
        Assert.NotEqual(0L, await _schema.ExecuteAsync("SELECT count(*) FROM note WHERE attempt > 1"));

        // Whoever had it before had it no longer, by the server's clock.
        Assert.Equal(0L, await _schema.ExecuteAsync(
            "SELECT count(*) FROM note a JOIN note b ON a.key = b.key AND a.attempt < b.attempt WHERE b.begun_at < a.ends_at"));
        Assert.Equal(0L, await _schema.ExecuteAsync("SELECT count(*) - count(DISTINCT (key, attempt)) FROM note"));
    }

    private Process Start(bool isVictim) => Process.Start(WorkerProcess.Start(_schema.ConnectionString, _schema.Name, QueueUnderTest.Name, isVictim))!;

    private static IReadOnlyList<WorkItem> Round(int first, int count = RoundSize) =>
        [.. Enumerable.Range(first, count).Select(static i => QueueUnderTest.Item(i.ToString(CultureInfo.InvariantCulture)))];

    private static async Task ReadAsync(Process process, ChannelWriter<string> said)
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync(Token) is { } line) await said.WriteAsync(line, Token);
            await process.WaitForExitAsync(Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
