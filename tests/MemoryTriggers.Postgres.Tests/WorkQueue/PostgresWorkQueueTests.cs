using System.Text;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Tests.WorkQueue;

public sealed class PostgresWorkQueueTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly PostgresSchemaUnderTest _schema;
    private readonly QueueUnderTest _under;

    public PostgresWorkQueueTests(SharedServer server)
    {
        _schema = server.NewSchema();
        _under = new QueueUnderTest(_schema);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_SeveralInOrder_GivesEachOnceWithItsPayload()
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync([QueueUnderTest.Item("c"), QueueUnderTest.Item("a"), QueueUnderTest.Item("b")], Token);

        var first = await queue.LeaseAsync(2, Token);
        var second = await queue.LeaseAsync(2, Token);
        var third = await queue.LeaseAsync(2, Token);

        Assert.Equal(["c", "a"], QueueUnderTest.Keys(first));
        Assert.Equal("do c", Encoding.UTF8.GetString(first[0].Payload.Span));
        Assert.Equal(1, first[0].Attempt);
        Assert.Equal(["b"], QueueUnderTest.Keys(second));
        Assert.Empty(third);
    }

    [Fact]
    public async Task Enqueue_NameThatIsThere_ChangesNothing()
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync(new WorkItem("a", "first"u8.ToArray()), Token);

        var added = await queue.EnqueueAsync([new("a", "second"u8.ToArray()), QueueUnderTest.Item("b"), QueueUnderTest.Item("b")], Token);
        var leases = await queue.LeaseAsync(10, Token);

        Assert.Equal(1, added);
        Assert.Equal(["a", "b"], QueueUnderTest.Keys(leases));
        Assert.Equal("first", Encoding.UTF8.GetString(leases[0].Payload.Span));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("half \ud83d")]
    [InlineData("naïve 漢字 🚀 '; DROP TABLE work_item; --")]
    public async Task Enqueue_AnyKey_ComesBackAsItWas(string key)
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync(new WorkItem(key, ReadOnlyMemory<byte>.Empty), Token);

        var lease = Assert.Single(await queue.LeaseAsync(1, Token));

        Assert.Equal(key, lease.Key);
        Assert.True(await lease.CompleteAsync(Token));
    }

    [Fact]
    public async Task Enqueue_OutsideOfItsRange_IsRefused()
    {
        await using var queue = await _under.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => queue.EnqueueAsync(new WorkItem("", default), Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => queue.EnqueueAsync(new WorkItem(new string('k', 201), default), Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => queue.EnqueueAsync(new WorkItem("k", new byte[WorkItem.MaxPayloadBytes + 1]), Token).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.EnqueueAsync(new WorkItem("k", default) { Delay = -Hour }, Token).AsTask());
        Assert.Equal(new WorkQueueCounts(0, 0, 0, 0), await queue.CountAsync(Token));
    }

    [Fact]
    public async Task Lease_Delayed_GivesItWhenItsTimeHasCome()
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync(QueueUnderTest.Item("later") with { Delay = Hour }, Token);

        var before = await queue.LeaseAsync(1, Token);
        await _under.PassAsync(Hour);
        var after = await queue.LeaseAsync(1, Token);

        Assert.Empty(before);
        Assert.Equal(["later"], QueueUnderTest.Keys(after));
    }

    [Fact]
    public async Task Lease_TimeOfAnotherOver_GivesItAgainAndTheFirstIsTooLate()
    {
        await using var slow = await _under.OpenAsync();
        await using var other = await _under.OpenAsync();
        await slow.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        var lost = Assert.Single(await slow.LeaseAsync(1, Token));

        await _under.PassAsync(Hour);
        var taken = Assert.Single(await other.LeaseAsync(1, Token));

        Assert.Equal(2, taken.Attempt);
        Assert.False(await lost.RenewAsync(Token));
        Assert.False(await lost.AbandonAsync(TimeSpan.Zero, "late", Token));
        Assert.False(await lost.CompleteAsync(Token));
        Assert.True(await taken.CompleteAsync(Token));
        Assert.Equal(new WorkQueueCounts(0, 0, 0, 0), await slow.CountAsync(Token));
    }

    [Fact]
    public async Task Complete_TimeOverButNobodyElseHasIt_Counts()
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        var lease = Assert.Single(await queue.LeaseAsync(1, Token));
        await _under.PassAsync(Hour);

        Assert.True(await lease.CompleteAsync(Token));
        Assert.Empty(await queue.LeaseAsync(1, Token));
    }

    [Fact]
    public async Task Renew_BeforeTheEnd_NobodyElseGetsIt()
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        var lease = Assert.Single(await queue.LeaseAsync(1, Token));
        await _under.PassAsync(Hour * 0.9);

        Assert.True(await lease.RenewAsync(Token));
        await _under.PassAsync(Hour * 0.9);

        Assert.Empty(await queue.LeaseAsync(1, Token));
    }

    [Fact]
    public async Task Abandon_WithDelay_ComesBackAfterIt()
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        var lease = Assert.Single(await queue.LeaseAsync(1, Token));

        Assert.True(await lease.AbandonAsync(Hour, "the printer is off", Token));
        Assert.Equal(new WorkQueueCounts(0, 1, 0, 0), await queue.CountAsync(Token));
        await _under.PassAsync(Hour);

        Assert.Equal(2, Assert.Single(await queue.LeaseAsync(1, Token)).Attempt);
    }

    [Fact]
    public async Task Abandon_LastAttempt_IsDeadUntilSomebodyRevivesIt()
    {
        await using var queue = await _under.OpenAsync(static options => options.MaxAttempts = 2);
        await queue.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        for (var attempt = 0; attempt < 2; attempt++) await (await queue.LeaseAsync(1, Token))[0].AbandonAsync(TimeSpan.Zero, $"failure {attempt}", Token);

        var dead = Assert.Single(await queue.GetDeadAsync(10, Token));
        var none = await queue.LeaseAsync(1, Token);
        var revived = await queue.ReviveAsync("a", Token);

        Assert.Equal(("a", 2, "failure 1"), (dead.Key, dead.Attempts, dead.Reason));
        Assert.Equal("do a", Encoding.UTF8.GetString(dead.Payload.Span));
        Assert.Empty(none);
        Assert.True(revived);
        Assert.Equal(1, Assert.Single(await queue.LeaseAsync(1, Token)).Attempt);
    }

    [Fact]
    public async Task Lease_WhoeverTookItDiedEachTime_IsDead()
    {
        await using var queue = await _under.OpenAsync(static options => options.MaxAttempts = 2);
        await queue.EnqueueAsync([QueueUnderTest.Item("poison"), QueueUnderTest.Item("fine")], Token);
        await (await queue.LeaseAsync(2, Token))[1].CompleteAsync(Token);
        await _under.PassAsync(Hour);
        Assert.Equal(2, Assert.Single(await queue.LeaseAsync(1, Token)).Attempt);
        await _under.PassAsync(Hour);

        Assert.Empty(await queue.LeaseAsync(1, Token));
        var dead = Assert.Single(await queue.GetDeadAsync(10, Token));

        Assert.Equal("poison", dead.Key);
        Assert.Contains("lease expired", dead.Reason, StringComparison.Ordinal);
        Assert.True(await queue.RemoveDeadAsync("poison", Token));
        Assert.False(await queue.RemoveDeadAsync("poison", Token));
        Assert.False(await queue.ReviveAsync("poison", Token));
    }

    [Fact]
    public async Task Count_EveryState_IsCounted()
    {
        await using var queue = await _under.OpenAsync(static options => options.MaxAttempts = 1);
        await queue.EnqueueAsync([QueueUnderTest.Item("dead"), QueueUnderTest.Item("leased")], Token);
        var leases = await queue.LeaseAsync(2, Token);
        await leases[0].AbandonAsync(TimeSpan.Zero, "", Token);
        await queue.EnqueueAsync([QueueUnderTest.Item("ready"), QueueUnderTest.Item("ready too"), QueueUnderTest.Item("delayed") with { Delay = Hour }], Token);

        Assert.Equal(new WorkQueueCounts(Ready: 2, Delayed: 1, Leased: 1, Dead: 1), await queue.CountAsync(Token));
    }

    [Fact]
    public async Task Lease_AnotherQueueOfTheSameSchema_IsNotTouched()
    {
        await using var reports = await _under.OpenAsync();
        await using var mails = await _under.OpenAsync(static options => options.Queue = "mails");
        await reports.EnqueueAsync(QueueUnderTest.Item("a"), Token);
        await mails.EnqueueAsync(QueueUnderTest.Item("a"), Token);

        var lease = Assert.Single(await reports.LeaseAsync(10, Token));
        await lease.CompleteAsync(Token);

        Assert.Equal(1, (await mails.CountAsync(Token)).Ready);
        Assert.Equal(0, (await reports.CountAsync(Token)).Ready);
    }

    [Fact]
    public async Task Lease_RowThatAnotherIsJustTaking_IsPassedOver()
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync([QueueUnderTest.Item("a"), QueueUnderTest.Item("b")], Token);
        await using var connection = new Npgsql.NpgsqlConnection(_schema.ConnectionString);
        await connection.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var taking = new Npgsql.NpgsqlCommand($"SELECT 1 FROM {_schema.Name}.work_item WHERE key = 'a' FOR UPDATE", connection);
        await taking.ExecuteScalarAsync(Token);

        var leases = await queue.LeaseAsync(2, Token);

        Assert.Equal(["b"], QueueUnderTest.Keys(leases));
    }

    [Fact]
    public async Task Lease_ByManyAtOnce_GivesEachToOne()
    {
        await using var queue = await _under.OpenAsync();
        await queue.EnqueueAsync([.. Enumerable.Range(0, 400).Select(static i => QueueUnderTest.Item($"{i}"))], Token);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(TakeAllAsync, Token)));

        var keys = taken.SelectMany(static keys => keys).ToList();
        Assert.Equal(400, keys.Count);
        Assert.Equal(400, keys.Distinct().Count());

        async Task<List<string>> TakeAllAsync()
        {
            var mine = new List<string>();
            while (await queue.LeaseAsync(7, Token) is { Count: > 0 } leases) mine.AddRange(QueueUnderTest.Keys(leases));
            return mine;
        }
    }

    [Fact]
    public async Task Initialize_BesideABackend_SharesItsSchema()
    {
        await using var backend = await _schema.OpenAsync();
        await using var queue = await _under.OpenAsync();

        Assert.True(await queue.EnqueueAsync(QueueUnderTest.Item("a"), Token));
        Assert.True((await backend.CheckHealthAsync(Token)).IsHealthy);
    }

    [Fact]
    public async Task Anything_BeforeItIsOpenOrAfter_IsRefused()
    {
        var queue = _under.Create();

        await Assert.ThrowsAsync<InvalidOperationException>(() => queue.LeaseAsync(1, Token).AsTask());
        await queue.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => queue.LeaseAsync(1, Token).AsTask());
    }

    [Theory]
    [InlineData("no spaces")]
    [InlineData("")]
    public void New_NameThatCannotBe_IsRefused(string name) =>
        Assert.Throws<OptionsValidationException>(() => _under.Create(options => options.Queue = name));

    [Fact]
    public async Task Lease_ServerNotThere_IsTransientAndSaysNothingOfThePayload()
    {
        await using var queue = await _under.OpenAsync();
        await _schema.ExecuteAsync("ALTER TABLE work_item RENAME TO hidden");
        var refused = await Assert.ThrowsAsync<MemoryBackendException>(() => queue.EnqueueAsync(QueueUnderTest.Item("secret"), Token).AsTask());
        await using var nowhere = new PostgresWorkQueue(
            new() { ConnectionString = "Host=/nonexistent;Username=postgres;Password=hunter2" }, new(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System);
        var away = await Assert.ThrowsAsync<MemoryBackendException>(() => nowhere.InitializeAsync(Token).AsTask());

        Assert.True(refused.IsTransient);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.True(away.IsTransient);
        Assert.DoesNotContain("hunter2", away.ToString(), StringComparison.Ordinal);
    }
}
