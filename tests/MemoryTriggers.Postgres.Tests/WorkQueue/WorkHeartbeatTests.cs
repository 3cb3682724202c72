using System.Threading.Channels;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.WorkQueue;

public sealed class WorkHeartbeatTests(SharedServer server)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Beat = Duration / 3;
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Heartbeat_WhileItRuns_RenewsThreeTimesInTheTimeOfALease()
    {
        var renewals = Channel.CreateUnbounded<DateTimeOffset>();
        await using var heartbeat = await WorkHeartbeat.StartAsync(
            _ =>
            {
                renewals.Writer.TryWrite(_time.GetUtcNow());
                return new(true);
            },
            Duration, _time, Token);
        var start = await renewals.Reader.ReadAsync(Token);

        _time.Advance(Beat);
        var first = await renewals.Reader.ReadAsync(Token);
        _time.Advance(Beat);
        var second = await renewals.Reader.ReadAsync(Token);

        Assert.Equal([Beat, Beat * 2], [first - start, second - start]);
        Assert.False(heartbeat.Lost.IsCancellationRequested);
    }

    [Fact(Timeout = 60_000)]
    public async Task Heartbeat_AnotherHasTheWork_IsLost()
    {
        var isOurs = true;
        await using var heartbeat = await WorkHeartbeat.StartAsync(_ => new(Volatile.Read(ref isOurs)), Duration, _time, Token);

        Volatile.Write(ref isOurs, false);
        _time.Advance(Beat);

        await LostAsync(heartbeat);
    }

    [Fact(Timeout = 60_000)]
    public async Task Heartbeat_ServerAwayForTheWholeLease_IsLostNotBefore()
    {
        var attempts = Channel.CreateUnbounded<bool>();
        var isAway = false;
        await using var heartbeat = await WorkHeartbeat.StartAsync(
            _ =>
            {
                attempts.Writer.TryWrite(true);
                return Volatile.Read(ref isAway) ? throw new MemoryBackendException("postgresql", "away", isTransient: true) : new(true);
            },
            Duration, _time, Token);
        await attempts.Reader.ReadAsync(Token);
        Volatile.Write(ref isAway, true);

        for (var beat = 0; beat < 2; beat++)
        {
            _time.Advance(Beat);
            await attempts.Reader.ReadAsync(Token);
        }

        Assert.False(heartbeat.Lost.IsCancellationRequested);
        _time.Advance(Beat);
        await LostAsync(heartbeat);
    }

    [Fact(Timeout = 60_000)]
    public async Task Heartbeat_LostAtTheStart_SaysSoAtOnce()
    {
        await using var heartbeat = await WorkHeartbeat.StartAsync(static _ => new(false), Duration, _time, Token);

        Assert.True(heartbeat.Lost.IsCancellationRequested);
    }

    [Fact(Timeout = 60_000)]
    public async Task StartHeartbeat_OfALease_KeepsOthersAway()
    {
        var under = new QueueUnderTest(server.NewSchema());
        await using var queue = await under.OpenAsync();
        await queue.EnqueueAsync(QueueUnderTest.Item("long"), Token);
        var lease = Assert.Single(await queue.LeaseAsync(1, Token));
        await under.PassAsync(TimeSpan.FromMinutes(59));

        await using (var heartbeat = await lease.StartHeartbeatAsync(Token))
        {
            await under.PassAsync(TimeSpan.FromMinutes(59));
            Assert.Empty(await queue.LeaseAsync(1, Token));
            Assert.False(heartbeat.Lost.IsCancellationRequested);
        }

        Assert.True(await lease.CompleteAsync(Token));
    }

    private static async Task LostAsync(WorkHeartbeat heartbeat)
    {
        var lost = new TaskCompletionSource();
        await using var registration = heartbeat.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(Token);
        Assert.True(heartbeat.Lost.IsCancellationRequested);
    }
}
