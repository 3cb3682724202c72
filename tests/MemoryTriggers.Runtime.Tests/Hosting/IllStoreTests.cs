using MemoryTriggers.TestKit;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Hosting;

/// <summary>A store that is ill refuses no record: all are stored when it is well again, and health reports it meanwhile.</summary>
[Collection(nameof(ProcessWide))]
public sealed class IllStoreTests : IDisposable
{
    private const int Records = 300;
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_directory.Path, "memory.db");

    public void Dispose() => _directory.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData("ALTER TABLE memory RENAME TO elsewhere", "ALTER TABLE elsewhere RENAME TO memory")]
    [InlineData("ALTER TABLE memory RENAME COLUMN content TO elsewhere", "ALTER TABLE memory RENAME COLUMN elsewhere TO content")]
    [InlineData("CREATE TRIGGER defect BEFORE INSERT ON memory BEGIN SELECT * FROM nowhere; END", "DROP TRIGGER defect")]
    public async Task Store_SchemaIsBroken_StoresAllWhenItIsWellAgain(string damage, string repair)
    {
        await using var memory = await StartAsync();
        await CallAsync(memory, 1);
        Execute(damage);

        for (var number = 0; number < Records; number++) Call();
        do Assert.False(await memory.FlushAsync(TimeSpan.FromMilliseconds(20), Token));
        while ((await memory.GetHealthAsync(Token)).Status == MemoryServiceStatus.Healthy);
        Assert.Empty(memory.DeadLetters);
        Execute(repair);

        Assert.True(await memory.FlushAsync(cancellationToken: Token), string.Join("; ", (await memory.GetHealthAsync(Token)).Problems));
        Assert.Empty(memory.DeadLetters);
        Assert.Equal(Records + 1, await memory.Recall.CountAsync(cancellationToken: Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Store_BitsFlippedWhileClosed_StoresEveryNewRecord(int seed)
    {
        await using (var before = await StartAsync()) await CallAsync(before, Records);
        FlipBits(seed);

        await using var memory = await StartAsync();
        for (var number = 0; number < Records; number++) Call();

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.Empty(memory.DeadLetters);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((Records, Records), ((int)health.Accepted, (int)health.Stored));
    }

    private Task<MemoryTriggerService> StartAsync() => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Project = "shop";
            options.Delivery.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.Delivery.MaxRetryDelay = TimeSpan.FromMilliseconds(5);
            options.Delivery.BatchAge = TimeSpan.FromMilliseconds(1);
            options.Operations.CircuitBreaker.RecoveryTimeout = TimeSpan.FromSeconds(1);
        },
        cancellationToken: Token);

    private static async Task CallAsync(MemoryTriggerService memory, int count)
    {
        for (var number = 0; number < count; number++) Call();
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
    }

    private static void Call()
    {
        using (TriggerScope.Workflow("billing").SetResult(new string('x', 200)))
        {
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void FlipBits(int seed)
    {
        var random = new Random(seed);
        var file = File.ReadAllBytes(Database);
        for (var flip = 0; flip < 200; flip++) file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        File.WriteAllBytes(Database, file);
    }
}
