using MemoryTriggers.Postgres.Partitions;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Backends;

public sealed class PostgresPartitionTests(SharedServer server)
{
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_AcrossTheEndOfAMonth_EachInItsPartition()
    {
        await using var backend = await _schema.OpenAsync();
        var end = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        var last = At(end.AddMilliseconds(-1));
        var first = At(end);

        await backend.StoreAsync([first, last], Token);

        Assert.Equal(last.Id, await _schema.ExecuteAsync("SELECT id FROM memory_2026_01"));
        Assert.Equal(first.Id, await _schema.ExecuteAsync("SELECT id FROM memory_2026_02"));
        Assert.Equal([first.Id, last.Id], (await backend.QueryAsync(All, Token)).Select(static entry => entry.Id));
    }

    [Fact]
    public async Task Store_CorrectedTimeOfCreation_StaysOneMemory()
    {
        await using var backend = await _schema.OpenAsync();
        var entry = At(Any.Time);
        await backend.StoreAsync([entry], Token);

        await backend.StoreAsync([entry with { CreatedAt = Any.Time.AddMonths(-3) }], Token);

        Assert.Equal(Any.Time.AddMonths(-3), Assert.Single(await backend.QueryAsync(All, Token)).CreatedAt);
        Assert.Single(await backend.QueryAsync(All with { Until = Any.Time.AddMonths(-2) }, Token));
    }

    [Fact]
    public async Task Store_OfAMonthThatIsOver_MakesItsPartition()
    {
        await using var backend = await _schema.OpenAsync();

        await backend.StoreAsync([At(new DateTimeOffset(2025, 7, 9, 0, 0, 0, TimeSpan.Zero))], Token);

        Assert.Equal("memory_2025_07 memory_2026_01 memory_2026_02 memory_2026_03 memory_others", await _schema.PartitionsAsync());
        Assert.Equal(1L, await _schema.ExecuteAsync("SELECT count(*) FROM memory_2025_07"));
    }

    [Fact]
    public async Task Store_OfTheFarFuture_GoesAmongTheOthersUntilItsMonthIsNear()
    {
        await using var backend = await _schema.OpenAsync();
        var early = At(Any.Time.AddMonths(5));
        await backend.StoreAsync([early], Token);
        Assert.Equal(1L, await _schema.ExecuteAsync("SELECT count(*) FROM memory_others"));

        _schema.Time.Jump(TimeSpan.FromDays(120));
        await backend.Jobs.RunOnceAsync(Token);

        Assert.Equal(0L, await _schema.ExecuteAsync("SELECT count(*) FROM memory_others"));
        Assert.Equal(early.Id, await _schema.ExecuteAsync("SELECT id FROM memory_2026_06"));
        Assert.NotNull(await backend.GetAsync(early.Id, Token));
    }

    [Fact]
    public async Task Store_PartitionCannotBeMade_GoesAmongTheOthersUntilTheJobMakesIt()
    {
        await using var backend = await _schema.OpenAsync();
        var role = _schema.Name + "_writer";
        await _schema.ExecuteAsync(
            $"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {_schema.Name} TO {role}; GRANT ALL ON ALL TABLES IN SCHEMA {_schema.Name} TO {role}");
        await using var writer = await _schema.OpenAsync(options => options.ConnectionString += ";Username=" + role);

        await writer.StoreAsync([At(Any.Time.AddMonths(-1))], Token);
        var strays = await _schema.ExecuteAsync("SELECT count(*) FROM memory_others");
        _schema.Time.Jump(TimeSpan.FromHours(1));
        await backend.Jobs.RunOnceAsync(Token);

        Assert.Equal(1L, strays);
        Assert.Equal(0L, await _schema.ExecuteAsync("SELECT count(*) FROM memory_others"));
        Assert.Equal(1L, await _schema.ExecuteAsync("SELECT count(*) FROM memory_2025_12"));
        Assert.Equal(1, await backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Job_TimePasses_MakesTheNextMonth()
    {
        await using var backend = await _schema.OpenAsync();

        _schema.Time.Jump(TimeSpan.FromDays(31));
        await backend.Jobs.RunOnceAsync(Token);

        Assert.Equal("memory_2026_01 memory_2026_02 memory_2026_03 memory_2026_04 memory_others", await _schema.PartitionsAsync());
    }

    [Fact]
    public async Task Job_ByManyAtOnce_IsDoneByOne()
    {
        var backends = new List<PostgresMemoryBackend>();
        for (var i = 0; i < 6; i++) backends.Add(await _schema.OpenAsync(static options => options.Retention = TimeSpan.FromDays(400)));
        _schema.Time.Jump(TimeSpan.FromDays(31));

        var done = await Task.WhenAll(backends.Select(static backend => Task.Run(() => backend.Jobs.RunOnceAsync(Token), Token)));

        Assert.Equal(["partitions_ahead", "retention"], done.SelectMany(static jobs => jobs).Order());
        foreach (var backend in backends) await backend.DisposeAsync();
    }

    [Fact]
    public async Task Job_OfAProcessThatDiedDuringIt_IsDoneByAnother()
    {
        await using var backend = await _schema.OpenAsync();
        _schema.Time.Jump(TimeSpan.FromDays(31));
        await using (var dying = new Npgsql.NpgsqlConnection(_schema.ConnectionString + ";Pooling=false"))
        {
            await dying.OpenAsync(Token);
            var transaction = await dying.BeginTransactionAsync(Token);
            await using var hold = new Npgsql.NpgsqlCommand($"SELECT pg_advisory_xact_lock(hashtextextended('memory_triggers/{_schema.Name}/partitions_ahead', 0))", dying, transaction);
            await hold.ExecuteNonQueryAsync(Token);
            Assert.Empty(await backend.Jobs.RunOnceAsync(Token));
        }

        // The server ends the transaction of a connection that is gone, and lets the lock go soon after.
        IReadOnlyList<string> done = [];
        while (done.Count == 0) done = await backend.Jobs.RunOnceAsync(Token);

        Assert.Equal(["partitions_ahead"], done);
    }

    [Fact]
    public async Task Retention_MonthIsOlderAsAWhole_IsDropped()
    {
        await using var backend = await _schema.OpenAsync(static options => options.Retention = TimeSpan.FromDays(60));
        var old = At(Any.Time);
        var young = At(Any.Time.AddMonths(1));
        var stray = Any.Entry() with { Id = Guid.Empty, CreatedAt = Any.Time };
        await backend.StoreAsync([old, young, stray], Token);

        _schema.Time.Jump(TimeSpan.FromDays(91));
        await backend.Jobs.RunOnceAsync(Token);

        Assert.Equal([young.Id], (await backend.QueryAsync(All, Token)).Select(static entry => entry.Id));
        Assert.StartsWith("memory_2026_02 ", await _schema.PartitionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_MonthThatWasDropped_TakesWhatComesLate()
    {
        await using var backend = await _schema.OpenAsync(static options => options.Retention = TimeSpan.FromDays(60));
        await backend.StoreAsync([At(Any.Time)], Token);
        _schema.Time.Jump(TimeSpan.FromDays(100));
        await backend.Jobs.RunOnceAsync(Token);
        var late = At(Any.Time);

        await backend.StoreAsync([late], Token);

        Assert.NotNull(await backend.GetAsync(late.Id, Token));
        Assert.DoesNotContain("memory_2026_01", await _schema.PartitionsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory_2026_01", 2026, 1)]
    [InlineData("memory_2031_12", 2031, 12)]
    public void Month_ByItsName_IsFoundAgain(string name, int year, int month)
    {
        var parsed = MonthPartition.Parse(name);

        Assert.Equal(new MonthPartition(year, month), parsed);
        Assert.Equal(name, parsed?.Name);
        Assert.Equal(parsed?.Next.FirstId, parsed?.EndId);
    }

    [Theory]
    [InlineData("memory_others")]
    [InlineData("memory_2026_13")]
    [InlineData("other_2026_01")]
    public void Month_ByAnotherName_IsNone(string name) => Assert.Null(MonthPartition.Parse(name));

    // An id of that time, and never the same one twice.
    private static MemoryEntry At(DateTimeOffset time)
    {
        var id = Any.Id().ToByteArray(bigEndian: true);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id, time.ToUnixTimeMilliseconds() << 16 | 0x7000);
        return Any.Entry() with { Id = new Guid(id, bigEndian: true), CreatedAt = time };
    }
}
