using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Scopes;

/// <summary>On whose behalf code runs flows into every memory.</summary>
public sealed class MemoryContextTests : IDisposable
{
    private static readonly TriggerDescriptor Method = TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.KnowledgeCapture, Operation = "Learn", DeclaringType = "Shop.Pusher" });
    private readonly RecordingSink _sink = new();

    public void Dispose() => _sink.Dispose();

    [Fact]
    public void Begin_WithEverything_StandsInTheMemoriesOfMethodsAndScopes()
    {
        using (MemoryContext.Begin(new() { Project = "shop", Agent = "qa", SessionId = "s-1", TaskId = "t-1", UserId = "u-1", CorrelationId = "c-1" }))
        {
            Call();
            using (TriggerScope.Workflow("deploy"))
            {
            }
        }

        Assert.Equal(2, _sink.Entries.Count);
        Assert.All(_sink.Entries, static entry =>
        {
            Assert.Equal(("shop", "t-1", "s-1"), (entry.Project, entry.Provenance.TaskId, entry.Provenance.SessionId));
            Assert.Equal(
                """{"agent":"qa","session_id":"s-1","task_id":"t-1","user_id":"u-1","correlation_id":"c-1"}""", entry.Value.GetProperty("context").GetRawText());
        });
    }

    [Fact]
    public async Task Begin_InAnAsynchronousMethod_FlowsThroughAwaitsAndThreads()
    {
        using (MemoryContext.Begin(new() { SessionId = "s-1" }))
        {
            await Task.Yield();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(static _ => Task.Run(Call)));
        }

        Assert.Equal(8, _sink.Entries.Count);
        Assert.All(_sink.Entries, static entry => Assert.Equal("s-1", entry.Provenance.SessionId));
    }

    [Fact]
    public async Task Begin_InTwoFlowsAtOnce_KeepsThemApart()
    {
        await Task.WhenAll(RunAsync("a"), RunAsync("b"));

        Assert.Equal(["a", "b"], _sink.Entries.Select(static entry => entry.Provenance.SessionId).Order());
    }

    [Fact]
    public void Begin_Inside_TakesOverWhatItDoesNotSet()
    {
        using (MemoryContext.Begin(new() { Project = "shop", UserId = "u-1", Agent = "qa" }))
        {
            using (MemoryContext.Begin(new() { Agent = "build", UserId = "" })) Call();
        }

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal("shop", entry.Project);
        Assert.Equal("""{"agent":"build","user_id":"u-1"}""", entry.Value.GetProperty("context").GetRawText());
    }

    [Fact]
    public void Dispose_OfAContext_EndsIt()
    {
        using (MemoryContext.Begin(new() { SessionId = "s-1" })) Assert.Equal("s-1", MemoryContext.Current?.SessionId);
        Call();

        Assert.Null(MemoryContext.Current);
        Assert.Null(Assert.Single(_sink.Entries).Provenance.SessionId);
        Assert.False(_sink.Entries[0].Value.TryGetProperty("context", out _));
    }

    [Fact]
    public void Begin_InsideAMethod_LeavesItTheParent()
    {
        var outer = TriggerHub.Begin(Method)!;
        using (MemoryContext.Begin(new() { TaskId = "t-1" })) Call();
        outer.Succeed();
        TriggerHub.End(outer);

        Assert.Equal(_sink.Entries[1].Id, _sink.Entries[0].ParentId);
        Assert.Equal(_sink.Entries[1].TraceId, _sink.Entries[0].TraceId);
    }

    [Fact]
    public void Begin_InsideAScope_LeavesItTheParentAndTheCurrentOne()
    {
        using (var scope = TriggerScope.Workflow("deploy"))
        {
            using (MemoryContext.Begin(new() { TaskId = "t-1" }))
            {
                Assert.Same(scope, TriggerScope.Current);
                Call();
            }
        }

        Assert.Equal(_sink.Entries[1].Id, _sink.Entries[0].ParentId);
    }

    [Fact]
    public void Begin_OutsideOfEveryTrigger_GivesEachMemoryATraceOfItsOwn()
    {
        using (MemoryContext.Begin(new() { TaskId = "t-1" }))
        {
            Call();
            Call();
        }

        Assert.Equal(2, _sink.Entries.Select(static entry => entry.TraceId).Distinct().Count());
        Assert.All(_sink.Entries, static entry => Assert.Null(entry.ParentId));
    }

    [Fact]
    public void Begin_WhereNothingIsCaptured_StaysSo()
    {
        using (TriggerHub.SuppressCapture())
        {
            using (MemoryContext.Begin(new() { TaskId = "t-1" })) Assert.Null(TriggerHub.Begin(Method));
        }

        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public void Sequence_EnumeratedInAContext_BelongsToItsProjectAndSession()
    {
        var template = TriggerHub.BeginSequence(Method)!;
        var sequence = ReturnCapture.Observe(Enumerable.Range(0, 3), template);

        using (MemoryContext.Begin(new() { Project = "shop", SessionId = "s-1" })) Assert.Equal(3, sequence.Count());

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(("shop", "s-1"), (entry.Project, entry.Provenance.SessionId));
    }

    private static async Task RunAsync(string session)
    {
        using (MemoryContext.Begin(new() { SessionId = session }))
        {
            await Task.Yield();
            Call();
        }
    }

    private static void Call()
    {
        var record = TriggerHub.Begin(Method)!;
        record.Succeed();
        TriggerHub.End(record);
    }
}
