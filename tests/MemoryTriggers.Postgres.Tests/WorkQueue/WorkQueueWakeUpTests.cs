using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.WorkQueue;

public sealed class WorkQueueWakeUpTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly PostgresSchemaUnderTest _schema;
    private readonly QueueUnderTest _under;

    public WorkQueueWakeUpTests(SharedServer server)
    {
        _schema = server.NewSchema();
        _under = new QueueUnderTest(_schema);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task WaitAndLease_AnotherProcessAdds_IsWoken()
    {
        var waits = new TimerSpy();
        await using var waiting = await _under.OpenAsync(time: waits);
        await using var adding = await _under.OpenAsync();
        var taken = waiting.WaitAndLeaseAsync(1, Token).AsTask();
        var pause = await waits.NextAsync(Token);

        await adding.EnqueueAsync(QueueUnderTest.Item("a"), Token);

        Assert.Equal(Hour, pause);
        Assert.Equal(["a"], QueueUnderTest.Keys(await taken));
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAndLease_AnotherGivesBack_IsWoken()
    {
        var waits = new TimerSpy();
        await using var waiting = await _under.OpenAsync(time: waits);
        await using var other = await _under.OpenAsync();
        await other.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        var lease = Assert.Single(await other.LeaseAsync(1, Token));
        var taken = waiting.WaitAndLeaseAsync(1, Token).AsTask();
        await waits.NextAsync(Token);

        await lease.AbandonAsync(TimeSpan.Zero, "", Token);

        Assert.Equal(["a"], QueueUnderTest.Keys(await taken));
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAndLease_SomethingIsDueSooner_WaitsNoLonger()
    {
        var waits = new TimerSpy();
        await using var queue = await _under.OpenAsync(time: waits);
        await queue.EnqueueAsync(QueueUnderTest.Item("soon") with { Delay = TimeSpan.FromMinutes(10) }, Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var taken = queue.WaitAndLeaseAsync(1, enough.Token).AsTask();

        var pause = await waits.NextAsync(Token);
        await enough.CancelAsync();

        Assert.InRange(pause, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taken);
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAndLease_WorkOfAnotherQueue_IsNotGiven()
    {
        await using var mails = await _under.OpenAsync(static options => options.Queue = "mails");
        await using var reports = await _under.OpenAsync();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var taken = mails.WaitAndLeaseAsync(1, enough.Token).AsTask();

        await reports.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        await mails.EnqueueAsync(QueueUnderTest.Item("b"), Token);

        Assert.Equal(["b"], QueueUnderTest.Keys(await taken));
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAndLease_ConnectionOfTheListenerLost_LooksAndHearsAgain()
    {
        var waits = new TimerSpy();
        await using var waiting = await _under.OpenAsync(time: waits);
        await using var adding = await _under.OpenAsync(notify: false);
        var taken = waiting.WaitAndLeaseAsync(1, Token).AsTask();
        await waits.NextAsync(Token);

        // Added by one who tells nobody: only the lost connection makes the other one look.
        await adding.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        await _schema.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN memory_triggers_{_schema.Name}_work'");

        Assert.Equal(["a"], QueueUnderTest.Keys(await taken));
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAndLease_NobodyTells_LooksAfterThePollInterval()
    {
        await using var queue = await _under.OpenAsync(static options => options.PollInterval = TimeSpan.FromMilliseconds(100), notify: false);
        await using var adding = await _under.OpenAsync(notify: false);
        var taken = queue.WaitAndLeaseAsync(1, Token).AsTask();

        await adding.EnqueueAsync(QueueUnderTest.Item("a"), Token);

        Assert.Equal(["a"], QueueUnderTest.Keys(await taken));
        Assert.Equal(0L, await _schema.ExecuteAsync($"SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN memory_triggers_{_schema.Name}_work'"));
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAndLease_QueueIsClosed_Ends()
    {
        var waits = new TimerSpy();
        var queue = await _under.OpenAsync(time: waits);
        var taken = queue.WaitAndLeaseAsync(1, Token).AsTask();
        await waits.NextAsync(Token);

        await queue.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => taken);
    }
}
