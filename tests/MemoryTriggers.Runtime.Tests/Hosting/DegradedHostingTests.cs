using MemoryTriggers.Files;
using MemoryTriggers.Policies;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Journal;

namespace MemoryTriggers.Hosting;

/// <summary>What lies in the data folder is damaged, or cannot be written: the program runs on, health says so, and the log says so once.</summary>
[Collection(nameof(ProcessWide))]
public sealed class DegradedHostingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _store = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly FaultyFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string JournalFolder => Directory.CreateDirectory(Path.Combine(_directory.Path, "journal", "0")).FullName;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(PolicyStateFile.FileName, "the state of policies")]
    [InlineData("held.db", "the database of held records")]
    [InlineData("actions.db", "the database of pending actions")]
    public async Task Start_WithADamagedFile_RunsAndSetsItAside(string name, string problem)
    {
        await File.WriteAllTextAsync(Path.Combine(JournalFolder, name), new string('?', 8_192), Token);

        await using var memory = await StartAsync();
        Call();

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.Single(_store.Attempts);
        Assert.Single(Directory.GetFiles(JournalFolder, $"{name}.damaged*"));
        Assert.Single(_loggers.Warnings, line => line.Contains(name, StringComparison.Ordinal));
        var problems = (await memory.GetHealthAsync(Token)).Problems;
        Assert.Contains(problems, line => line.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AFolderIsInThePlaceOfAFile_RunsAndSaysSoOnce()
    {
        Directory.CreateDirectory(Path.Combine(JournalFolder, "actions.db"));

        await using var memory = await StartAsync();
        for (var call = 0; call < 3; call++)
        {
            Call();
            Assert.True(await memory.FlushAsync(cancellationToken: Token));
        }

        Assert.Equal(3, _store.Attempts.Count);
        await memory.StopAsync(Token);
        Assert.Single(_loggers.Warnings, static line => line.Contains("is a folder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AcknowledgeProblems_AfterAFileWasSetAside_IsHealthy()
    {
        await File.WriteAllTextAsync(Path.Combine(JournalFolder, "held.db"), new string('?', 8_192), Token);
        await using var memory = await StartAsync();

        var problem = Assert.Single((await memory.GetHealthAsync(Token)).Problems);
        Assert.Empty(memory.AcknowledgeProblems("00000000"));
        Assert.Equal([problem], (await memory.GetHealthAsync(Token)).Problems);
        Assert.Equal([problem], memory.AcknowledgeProblems());
        Assert.True((await memory.GetHealthAsync(Token)).IsHealthy);
    }

    [Fact(Timeout = 120_000)]
    public async Task Run_DiskIsFull_ReturnsCallsAndSaysSoOnce()
    {
        _file.DiskIsFull = true;
        await using var memory = await StartAsync(static options => options.Delivery.ShutdownTimeout = TimeSpan.FromSeconds(5));

        for (var call = 0; call < 20; call++) Call();
        var health = await memory.GetHealthAsync(Token);

        Assert.False(health.IsHealthy);
        Assert.True(health.IsBalanced);
        Assert.All(_loggers.Warnings.CountBy(static line => line), static line => Assert.Equal(1, line.Value));
        _file.DiskIsFull = false;
        while (health.Stored == 0)
        {
            Call();
            await memory.FlushAsync(cancellationToken: Token);
            health = await memory.GetHealthAsync(Token);
        }
    }

    private static void Call()
    {
        using var scope = TriggerScope.Workflow("deploy", project: "shop");
        scope.Complete();
    }

    private Task<MemoryTriggerService> StartAsync(Action<MemoryTriggersOptions>? configure = null) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Journal.Disk = new SystemDisk(_file);
            options.Policies.Rules.Add(new PolicyRule
            {
                Name = "alerting", Conditions = [new PolicyCondition { Type = PolicyConditionType.Always }], MaxExecutions = 1_000,
                Actions = [new PolicyAction { Type = PolicyActionTypes.RecallMemory, Parameters = System.Text.Json.JsonElement.Parse("""{"query":"deploy"}""") }],
            });
            configure?.Invoke(options);
        },
        _store,
        _loggers,
        Token);
}
