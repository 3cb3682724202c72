using System.Collections.Concurrent;
using System.Threading.Channels;
using MemoryTriggers.PostgresWriter;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Backends;

/// <summary>The server crashes under load, and comes back.</summary>
public sealed class PostgresRestartTests
{
    private const int Writers = 4;
    private const int BatchesBetweenCrashes = 60;
    private const int Crashes = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Crash_OfTheServerUnderLoad_LosesAndDoublesNothingThatWasConfirmed()
    {
        Assert.SkipWhen(PostgresBinaries.Missing is not null, PostgresBinaries.Missing ?? "");
        await using var server = await PostgresServer.StartAsync(isDurable: true, Token);
        var schema = new PostgresSchemaUnderTest(server.ConnectionString, "memories");
        await using var backend = await schema.OpenAsync();
        var confirmed = new List<MemoryEntry>();
        var confirmations = Channel.CreateUnbounded<IReadOnlyList<MemoryEntry>>();
        var up = new TaskCompletionSource();
        up.SetResult();
        var failures = new ConcurrentQueue<MemoryBackendException>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer), Token)));
        for (var crash = 1; crash <= Crashes; crash++)
        {
            await ConfirmedAsync();
            Volatile.Write(ref up, new TaskCompletionSource());
            await server.CrashAndRestartAsync(Token);
            up.SetResult();
        }

        await ConfirmedAsync();
        await stop.CancelAsync();
        await writing;
        while (confirmations.Reader.TryRead(out var rest)) confirmed.AddRange(rest);

        Assert.NotEmpty(failures);
        Assert.All(failures, static failure => Assert.True(failure.IsTransient, failure.ToString()));
        foreach (var entry in confirmed) Assert.NotNull(await backend.GetAsync(entry.Id, Token));
        Assert.Equal(await schema.ExecuteAsync("SELECT count(DISTINCT key) FROM memory"), await schema.ExecuteAsync("SELECT count(*) FROM memory"));
        Assert.True((await backend.CheckHealthAsync(Token)).IsHealthy);

        async Task WriteAsync(int writer)
        {
            for (var first = 0; !stop.IsCancellationRequested;)
            {
                var batch = NumberedEntries.Batch(writer, first);
                try
                {
                    await backend.StoreAsync(batch, Token);
                    confirmations.Writer.TryWrite(batch);
                    first += NumberedEntries.BatchSize;
                }
                catch (MemoryBackendException exception)
                {
                    failures.Enqueue(exception);
                    await Volatile.Read(ref up).Task;
                }
            }
        }

        async Task ConfirmedAsync()
        {
            for (var i = 0; i < BatchesBetweenCrashes; i++) confirmed.AddRange(await confirmations.Reader.ReadAsync(Token));
        }
    }
}
