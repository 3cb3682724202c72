using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Policies;

/// <summary>What rules remember survives a restart.</summary>
public sealed class PolicyStateTests : IDisposable
{
    private const string Rules = """
        policies: {decision_point: {rate_limits: {per_project_per_hour: 1}}}
        rules:
          resting: {conditions: [{type: equals, field: metadata.kind, value: resting}], actions: [{type: add_tag, parameters: {tag: hit}}], cooldown_period: 60}
          thrice: {conditions: [{type: equals, field: metadata.kind, value: thrice}], actions: [{type: add_tag, parameters: {tag: hit}}], max_executions: 3}
          limited:
            conditions: [{type: equals, field: metadata.kind, value: limited}, {type: rate_limit, field: metadata.user_id, rate_limit: 2, time_window: 60}]
            actions: [{type: add_tag, parameters: {tag: hit}}]
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private string FilePath => _directory.File(PolicyStateFile.FileName);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("""{"metadata":{"kind":"resting"}}""", 1, 59, 0)]
    [InlineData("""{"metadata":{"kind":"resting"}}""", 1, 60, 1)]
    [InlineData("""{"metadata":{"kind":"thrice"}}""", 2, 3_600, 1)]
    [InlineData("""{"metadata":{"kind":"thrice"}}""", 3, 3_600, 0)]
    [InlineData("""{"metadata":{"kind":"limited","user_id":"ada@example.com"}}""", 1, 59, 1)]
    [InlineData("""{"metadata":{"kind":"limited","user_id":"ada@example.com"}}""", 2, 59, 0)]
    [InlineData("""{"metadata":{"kind":"limited","user_id":"ada@example.com"}}""", 2, 60, 2)]
    public void Restart_OfARuleThatRemembers_GoesOnWhereItWas(string value, int before, int seconds, int after)
    {
        var first = Started();
        for (var match = 0; match < before; match++) Assert.True(Hits(first.Engine, value));
        first.File.Save();

        _time.Advance(TimeSpan.FromSeconds(seconds));
        var second = Started();

        Assert.Equal(after, Enumerable.Range(0, 3).TakeWhile(_ => Hits(second.Engine, value)).Count());
    }

    [Fact]
    public void Restart_OfAThirdProcess_StillKnowsWhatTheFirstCounted()
    {
        const string Value = """{"metadata":{"kind":"limited","user_id":"u"}}""";
        var first = Started();
        Hits(first.Engine, Value);
        first.File.Save();
        var second = Started();
        Hits(second.Engine, """{"metadata":{"kind":"limited","user_id":"other"}}""");
        second.File.Save();

        var third = Started();

        Assert.Equal([true, false], [Hits(third.Engine, Value), Hits(third.Engine, Value)]);
    }

    [Fact]
    public void Restart_OfALimitOfAType_StillDefers()
    {
        var entry = PolicyHarness.Entry(type: TriggerType.DecisionPoint);
        var first = Started();
        first.Engine.Evaluate(entry);
        first.File.Save();

        Assert.Equal(PolicyVerdict.Defer, Started().Engine.Evaluate(entry).Verdict);
    }

    [Fact]
    public void Restart_CountersOfTheFirst_AreNotThoseOfTheSecond()
    {
        var first = Started();
        Hits(first.Engine, """{"metadata":{"kind":"thrice"}}""");
        first.File.Save();

        Assert.All(Started().Engine.GetStatistics().Rules, static rule => Assert.Equal(0, rule.Executions));
    }

    [Fact]
    public void Save_OfKeysFromMemories_KeepsThemOut()
    {
        var first = Started();
        Hits(first.Engine, """{"metadata":{"kind":"limited","user_id":"ada@example.com"}}""");

        first.File.Save();

        Assert.DoesNotContain("ada", File.ReadAllText(FilePath), StringComparison.OrdinalIgnoreCase);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void Save_NothingNewToRemember_WritesNothing()
    {
        var started = Started();
        started.Engine.Evaluate(PolicyHarness.Entry());
        started.File.Save();
        var early = File.Exists(FilePath);
        Hits(started.Engine, """{"metadata":{"kind":"thrice"}}""");
        started.File.Save();
        File.Delete(FilePath);

        started.File.Save();

        Assert.Equal((false, false), (early, File.Exists(FilePath)));
    }

    // A process that dies while it writes leaves the old file and half of a new one.
    [Fact]
    public void Restart_AfterACrashWhileSaving_HasTheStateBefore()
    {
        var first = Started();
        for (var match = 0; match < 3; match++) Hits(first.Engine, """{"metadata":{"kind":"thrice"}}""");
        first.File.Save();
        File.WriteAllText(FilePath + ".tmp", """{"form":1,"engine":[{"kind":"rul""");

        var second = Started();

        Assert.False(Hits(second.Engine, """{"metadata":{"kind":"thrice"}}"""));
        Assert.Empty(_loggers.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"form\":1,\"engine\":[{\"kind\":\"rules\"}]}")]
    [InlineData("{\"form\":9}")]
    [InlineData("[]")]
    public void Restart_WithAFileThatIsDamaged_SetsItAsideAndBeginsAfresh(string text)
    {
        File.WriteAllText(FilePath, text);

        var started = Started();
        Hits(started.Engine, """{"metadata":{"kind":"thrice"}}""");
        started.File.Save();

        Assert.Contains("started from zero", Assert.Single(_loggers.Warnings), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Assert.Single(Directory.GetFiles(_directory.Path, "*.damaged-*"))));
        Assert.Equal(1, JsonElement.Parse(File.ReadAllText(FilePath)).GetProperty("form").GetInt32());
    }

    // A clock that was wrong must not rest a rule for as long.
    [Fact]
    public void Restart_TimesOfTheFuture_AreForgotten()
    {
        _time.SetBy(TimeSpan.FromDays(365));
        var first = Started();
        Hits(first.Engine, """{"metadata":{"kind":"resting"}}""");
        for (var match = 0; match < 2; match++) Hits(first.Engine, """{"metadata":{"kind":"limited","user_id":"u"}}""");
        first.File.Save();
        _time.SetBy(TimeSpan.FromDays(-365));

        var second = Started();

        Assert.True(Hits(second.Engine, """{"metadata":{"kind":"resting"}}"""));
        Assert.True(Hits(second.Engine, """{"metadata":{"kind":"limited","user_id":"u"}}"""));
    }

    [Fact]
    public async Task Run_SavesWhileItGoesOn_AndAtTheEnd()
    {
        using var stop = new CancellationTokenSource();
        var started = Started();
        var loop = new PolicyStateLoop(started.File, TimeSpan.FromSeconds(5), _time);
        var running = loop.RunAsync(stop.Token);
        Hits(started.Engine, """{"metadata":{"kind":"thrice"}}""");

        _time.Advance(TimeSpan.FromSeconds(5));
        while (!File.Exists(FilePath)) await Task.Yield();
        var early = File.ReadAllText(FilePath);
        Hits(started.Engine, """{"metadata":{"kind":"thrice"}}""");
        await stop.CancelAsync();
        await running;
        loop.End();

        Assert.Equal((1, 2), (Executions(early), Executions(File.ReadAllText(FilePath))));
    }

    private static int Executions(string text) => JsonElement.Parse(text).GetProperty("engine")[0].GetProperty("executions").GetInt32();

    private static bool Hits(PolicyEngine engine, string value) => engine.Evaluate(PolicyHarness.Entry(value)).Entry.Tags.Contains("hit");

    private (PolicyEngine Engine, PolicyStateFile File) Started()
    {
        var engine = new PolicyEngine(PolicyYaml.Parse(Rules).Compile(), time: _time);
        var file = new PolicyStateFile(_directory.Path, [new EngineMemory(engine, _time)], ProblemLog.At(_directory.Path, _time, _loggers), SystemDisk.Instance, TimeProvider.System, _loggers);
        file.Restore();
        return (engine, file);
    }
}
