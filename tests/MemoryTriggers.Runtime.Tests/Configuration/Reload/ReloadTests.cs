using System.Text.Json;
using MemoryTriggers.Policies;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>Changes of the configuration while a runtime is at work.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ReloadTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private int _writes;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Rules => _directory.File("rules.yaml");

    private string FilePath => _directory.File("memory.yaml");

    private string Audit => Path.Combine(_directory.Path, "data", ConfigurationAudit.FileName);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Change_OfAFile_TakesEffectWithTheNextCall()
    {
        Write("features: {workflow_triggers: true}\n");
        await using var memory = await StartAsync();
        await CallAsync(memory, "first");

        Write("features: {workflow_triggers: false}\n");
        Look();
        await CallAsync(memory, "second");
        Write("features: {workflow_triggers: true}\n");
        Look();
        await CallAsync(memory, "third");

        Assert.Equal(["first", "third"], await StoredAsync(memory));
        Assert.Equal(2, _loggers.Lines.Count(static line => line.Contains("features.workflow_triggers from", StringComparison.Ordinal)));
    }

    // Defect 12 of the reference: it installs first and validates then, and does not see a rename.
    [Fact]
    public async Task Change_ToSomethingWrong_KeepsTheOldOne_AndIsToldUntilItIsRepaired()
    {
        Write("performance: {batch_size: 7}\n");
        await using var memory = await StartAsync();

        Write("performance: {batch_size: 0}\nfeatures: {workflow_triggers: false}\n");
        Look();
        await CallAsync(memory, "kept");
        var refused = await memory.GetHealthAsync(Token);
        Write("performance: {batch_size: 7}\n");
        Look();
        var repaired = await memory.GetHealthAsync(Token);

        Assert.Equal(7, memory.Configuration!.Configuration.Delivery.BatchSize);
        Assert.Equal(["kept"], await StoredAsync(memory));
        Assert.Contains($"{FilePath}:3:27: error SCHEMA_VIOLATION: performance.batch_size must be between 1 and 1000; it is 0", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Empty(repaired.Problems);
        Assert.Contains(_loggers.Warnings, static line => line.Contains("is refused, and the old one stays", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("performance: {batch_size: 1\n")]
    [InlineData("performance:\n\tbatch_size: 1\n")]
    [InlineData("<<<<<<< HEAD\n")]
    public async Task Change_ToBrokenYaml_KeepsTheOldOne(string yaml)
    {
        Write("performance: {batch_size: 7}\n");
        await using var memory = await StartAsync();

        Write(yaml);
        Look();

        Assert.Equal(7, memory.Configuration!.Configuration.Delivery.BatchSize);
        Assert.StartsWith($"the changed configuration is refused: {FilePath}:", Assert.Single((await memory.GetHealthAsync(Token)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ByAnAtomicRename_IsSeen()
    {
        Write("performance: {batch_size: 7}\n");
        await using var memory = await StartAsync();

        File.WriteAllText(_directory.File("new"), Configured.Head + "performance: {batch_size: 8}\n");
        File.Move(_directory.File("new"), FilePath, overwrite: true);
        Look();

        Assert.Equal(8, memory.Configuration!.Configuration.Delivery.BatchSize);
    }

    [Fact]
    public async Task Change_ByASwappedLink_IsSeen()
    {
        if (OperatingSystem.IsWindows()) return;
        // As Kubernetes mounts a ConfigMap: memory.yaml -> ..data/memory.yaml, ..data -> a folder of its own for each version.
        foreach (var version in new[] { 1, 2 })
        {
            Directory.CreateDirectory(_directory.File($"v{version}"));
            File.WriteAllText(Path.Combine(_directory.File($"v{version}"), "memory.yaml"), $"{Configured.Head}performance: {{batch_size: {version}}}\n");
        }

        File.CreateSymbolicLink(_directory.File("..data"), "v1");
        File.CreateSymbolicLink(FilePath, Path.Combine("..data", "memory.yaml"));
        await using var memory = await StartAsync();

        File.Delete(_directory.File("..data"));
        File.CreateSymbolicLink(_directory.File("..data"), "v2");
        Look();

        Assert.Equal(2, memory.Configuration!.Configuration.Delivery.BatchSize);
    }

    [Fact]
    public async Task Change_HalfWritten_WaitsUntilTwoLooksShowTheSame()
    {
        Write("performance: {batch_size: 7}\nbackend: {pool_size: 3}\n");
        await using var memory = await StartAsync();

        File.WriteAllText(FilePath, "");
        _time.Advance(FileWatch.Interval);
        var whileEmpty = memory.Configuration!.Configuration.Delivery.BatchSize;
        Write("performance: {batch_size: 8}\n");
        _time.Advance(FileWatch.Interval);
        var whileWritten = memory.Configuration!.Configuration.Delivery.BatchSize;
        Write("performance: {batch_size: 8}\nbackend: {pool_size: 4}\n");
        Look();

        Assert.Equal((7, 7), (whileEmpty, whileWritten));
        Assert.Equal((8, 4), (memory.Configuration!.Configuration.Delivery.BatchSize, memory.Configuration.Configuration.Backend.PoolSize));
        Assert.DoesNotContain("\"refused\"", File.ReadAllText(Audit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ToAnEmptyFile_KeepsTheOldOne()
    {
        Write("performance: {batch_size: 7}\n");
        await using var memory = await StartAsync();

        File.WriteAllText(FilePath, "");
        Look();

        Assert.Equal(7, memory.Configuration!.Configuration.Delivery.BatchSize);
        Assert.Contains("the file is empty", Assert.Single((await memory.GetHealthAsync(Token)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_InQuickSuccession_WaitForTheCooldown()
    {
        Write("performance: {batch_size: 1}\n");
        await using var memory = await StartAsync();

        Write("performance: {batch_size: 20}\n");
        _time.Advance(FileWatch.Interval * 2);
        Write("performance: {batch_size: 300}\n");
        _time.Advance(FileWatch.Interval * 2);
        var early = memory.Configuration!.Configuration.Delivery.BatchSize;
        _time.Advance(FileWatch.Cooldown);

        Assert.Equal((20, 300), (early, memory.Configuration!.Configuration.Delivery.BatchSize));
    }

    [Fact]
    public async Task Change_OfMonitoring_CountsForLoopsUnderWay()
    {
        Write("monitoring: {metrics_enabled: true, health_check_interval: 3600, metrics_collection_interval: 3600}\n");
        await using var memory = await StartAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        var early = (await memory.GetMetricsAsync(Token)).HealthChecks;

        Write("monitoring: {metrics_enabled: true, health_check_interval: 1, metrics_collection_interval: 1}\n");
        Look();
        while ((await memory.GetMetricsAsync(Token)).HealthChecks == 0 || !Directory.Exists(Path.Combine(_directory.Path, "data", "metrics")))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(0, early);
        Assert.Equal(1, (await memory.GetMetricsAsync(Token)).HealthCheckInterval.Seconds);
    }

    [Theory]
    [InlineData("auto_reload: false\n")]
    [InlineData("features: {hot_reloading: false}\n")]
    public async Task Change_WithoutReloading_IsNotTakenOver(string off)
    {
        Write("performance: {batch_size: 7}\n" + off);
        await using var memory = await StartAsync();

        Write("performance: {batch_size: 8}\n" + off);
        Look();

        Assert.Equal(7, memory.Configuration!.Configuration.Delivery.BatchSize);
        Assert.Contains(_loggers.Warnings, static line => line.Contains("is not taken over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_OfWhatCountsAtTheStart_IsTold()
    {
        Write("journal: {max_mb: 100}\n");
        await using var memory = await StartAsync();

        Write("journal: {max_mb: 200}\n");
        Look();

        Assert.Contains("These changes take effect at the next start: journal.max_mb", _loggers.Lines);
    }

    [Fact]
    public async Task Change_LeavesWhatCodeHasSetAfterTheFile()
    {
        Write("performance: {batch_size: 7}\ntypes: {decision_point: {enabled: false}}\n");
        MemoryTriggersOptions options = null!;
        await using var memory = await StartAsync(given =>
        {
            options = given;
            given.Delivery.BatchSize = 3;
            given.Types[TriggerType.WorkflowCompletion] = new TriggerTypeOptions { MaxPending = 5 };
        });

        Write("performance: {batch_size: 8, max_concurrent_operations: 2}\n");
        Look();

        Assert.Equal((3, 2), (options.Delivery.BatchSize, options.Delivery.Concurrency));
        Assert.Equal([TriggerType.WorkflowCompletion], options.Types.Keys);
    }

    [Fact]
    public async Task Change_OfThePolicyFile_TakesEffect_AndAWrongOneDoesNot()
    {
        await using var memory = await StartWithRulesAsync("rules: {r: {conditions: [{type: always}], actions: [{type: abort}]}}\n");
        await CallAsync(memory, "denied");
        await memory.FlushAsync(cancellationToken: Token);

        File.WriteAllText(Rules, "rules: {r: {conditions: [{type: never}], actions: [{type: abort}]}}\n");
        Look();
        await CallAsync(memory, "kept");
        await memory.FlushAsync(cancellationToken: Token);
        File.WriteAllText(Rules, "rules: {r: {conditions: [{type: alwais}], actions: [{type: abort}]}}\n");
        _time.Advance(FileWatch.Cooldown);
        Look();

        Assert.Equal(["kept"], await StoredAsync(memory));
        Assert.Contains($"{Rules}:1:", Assert.Single((await memory.GetHealthAsync(Token)).Problems), StringComparison.Ordinal);
        Assert.Contains(File.ReadLines(Audit), static line => line.Contains("policies.file (its text)", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PolicyTypoTests.OneOfEachKind), MemberType = typeof(PolicyTypoTests))]
    public async Task Change_OfThePolicyFileToASlip_KeepsTheOldRules_AndHealthSaysWhich(string slip)
    {
        await using var memory = await StartWithRulesAsync("rules: {r: {conditions: [{type: equals, field: key, value: denied}], decision: deny}}\n");

        File.WriteAllText(Rules, slip);
        Look();
        await CallAsync(memory, "denied");
        await CallAsync(memory, "kept");

        Assert.Equal(["kept"], await StoredAsync(memory));
        var told = Assert.Single((await memory.GetHealthAsync(Token)).Problems);
        Assert.Contains(Assert.Single(PolicyYaml.Parse(slip).Problems).Message, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OfThePolicyFile_KeepsWhatTheProgramAddedAndRemoved()
    {
        const string denies = "{conditions: [{type: never}], decision: deny}";
        await using var memory = await StartWithRulesAsync($"rules: {{a: {denies}, b: {denies}}}\n");
        memory.Policies.AddRule(Never("mine"));
        memory.Policies.AddRule(Never("left again"));
        memory.Policies.RemoveRule("left again");
        memory.Policies.RemoveRule("a");

        File.WriteAllText(Rules, $"rules: {{a: {denies}, b: {denies}, c: {denies}}}\n");
        Look();

        Assert.Equal(["b", "c", "mine"], memory.Policies.Set.Rules.Select(static rule => rule.Name).Order());

        static PolicyRule Never(string name) =>
            new() { Name = name, Conditions = [new() { Type = PolicyConditionType.Never }], Verdict = PolicyVerdict.Deny };
    }

    [Fact]
    public async Task Change_OfThePolicyFile_ThatCannotHaveARuleOfTheProgram_IsRefused()
    {
        await using var memory = await StartWithRulesAsync("rules: {a: {conditions: [{type: never}], decision: deny}}\n");
        memory.Policies.AddRule(new PolicyRule
        {
            Name = "mine",
            Conditions = [new() { Type = PolicyConditionType.Never }],
            Actions = [new PolicyAction { Type = "chain_policy", Parameters = MemoryValue.Of(new { policy_name = "a" }) }],
        });

        File.WriteAllText(Rules, "rules: {z: {conditions: [{type: never}], decision: deny}}\n");
        Look();

        Assert.Equal(["a", "mine"], memory.Policies.Set.Rules.Select(static rule => rule.Name).Order());
        Assert.Contains("policy_name", Assert.Single((await memory.GetHealthAsync(Token)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_HasEachChangeWithWhereItWasSaid_AndNoSecrets()
    {
        Write("performance: {batch_size: 7}\n");
        await using (await StartAsync(variables: new() { ["MEMORY_MAX_CONCURRENT"] = "3" }))
        {
            Write("performance: {batch_size: 8}\nbackend: {backend_settings: {api_key: m0-very-secret}}\n");
            Look();
            Write("performance: {batch_size: 0}\n");
            _time.Advance(FileWatch.Cooldown);
            Look();
        }

        var lines = File.ReadLines(Audit).Select(static line => JsonElement.Parse(line)).ToList();
        Assert.Equal(["started", "changed", "refused"], lines.Select(static line => line.GetProperty("what").GetString()));
        var change = lines[1].GetProperty("changes")[0];
        Assert.Equal(
            ("performance.batch_size", "7", "8", $"{FilePath}:3:27"),
            (change.GetProperty("path").GetString(), change.GetProperty("from").GetString(), change.GetProperty("to").GetString(), change.GetProperty("origin").GetString()));
        Assert.Contains("must be between", lines[2].GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("m0-very-secret", File.ReadAllText(Audit) + string.Join('\n', _loggers.Lines), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Audit));
    }

    private Task<MemoryTriggerService> StartWithRulesAsync(string rules)
    {
        File.WriteAllText(Rules, rules);
        Write($"policies: {{file: {Rules}}}\n");
        return StartAsync();
    }

    private async Task<MemoryTriggerService> StartAsync(Action<MemoryTriggersOptions>? configure = null, Dictionary<string, string>? variables = null)
    {
        if (variables is not null && !OperatingSystem.IsWindows()) File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var root = Configured.Root(FilePath, _time, variables, builder => builder.AddInMemoryCollection([new("MemoryTriggers:data_directory", Path.Combine(_directory.Path, "data"))]));
        var options = new MemoryTriggersOptions().Use(root.GetSection(MemoryTriggersOptions.Section), root);
        configure?.Invoke(options);
        var service = new MemoryTriggerService(options, null, _loggers, _time);
        await service.StartAsync(Token);
        return service;
    }

    // One look to see it, one to see that it is settled.
    private void Look()
    {
        _time.Advance(FileWatch.Cooldown);
        _time.Advance(FileWatch.Interval * 2);
    }

    private void Write(string yaml)
    {
        File.WriteAllText(FilePath, Configured.Head + yaml);
        // The clock of a file system may be coarse.
        File.SetLastWriteTimeUtc(FilePath, File.GetLastWriteTimeUtc(FilePath).AddSeconds(++_writes));
    }

    // Stored before the clock goes on: a store that is at work when it jumps would have taken too long, and its retry would wait for the clock.
    private static async Task CallAsync(MemoryTriggerService memory, string name)
    {
        await using (TriggerScope.Workflow(name))
        {
        }

        await memory.FlushAsync(cancellationToken: Token);
    }

    private static async Task<List<string>> StoredAsync(MemoryTriggerService memory)
    {
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        return (await memory.Recall.ListAsync(new MemoryQuery { Limit = 100 }, Token)).Select(static entry => entry.Key).Order().ToList();
    }
}
