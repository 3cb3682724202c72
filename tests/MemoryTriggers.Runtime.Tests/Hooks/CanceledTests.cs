using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hooks;

/// <summary>A cancellation is no error, for methods, scopes and hooks; a timeout is one.</summary>
[Collection(nameof(ProcessWide))]
public sealed class CanceledTests
{
    public static TheoryData<Exception, TriggerOutcome> Exceptions => new()
    {
        { new OperationCanceledException(), TriggerOutcome.Canceled },
        { new TaskCanceledException("given up"), TriggerOutcome.Canceled },
        { new TaskCanceledException("the client's own", new TimeoutException()), TriggerOutcome.Failure },
        { new TimeoutException(), TriggerOutcome.Failure },
        { new InvalidOperationException(), TriggerOutcome.Failure },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Exception_HasOneOutcome_WhateverTheDoor(Exception exception, TriggerOutcome outcome)
    {
        using var sink = new RecordingSink();
        using (var scope = TriggerScope.Workflow("w")) scope.Fail(exception);

        Assert.Equal(outcome, Assert.Single(sink.Entries).Outcome);
        Assert.Equal(outcome, new HookEvent { Type = HookType.WorkflowComplete, Exception = exception }.Outcome);
        Assert.Equal(outcome, new HookEvent { Type = HookType.WorkflowError, Exception = exception }.Outcome);
    }

    [Theory]
    [InlineData(TriggerOutcome.Success, true, false, true)]
    [InlineData(TriggerOutcome.Failure, true, false, false)]
    [InlineData(TriggerOutcome.Canceled, true, false, true)]
    [InlineData(TriggerOutcome.Canceled, false, true, false)]
    [InlineData(TriggerOutcome.Failure, false, true, true)]
    public void Capture_OfOneKind_IsTheSameForMethodsAndHooks(TriggerOutcome outcome, bool onSuccess, bool onError, bool isCaptured)
    {
        using var sink = new RecordingSink();
        var descriptor = TriggerHub.Describe(new TriggerDefinition
        {
            Type = TriggerType.WorkflowCompletion, Operation = "w", CaptureOnSuccess = onSuccess, CaptureOnError = onError,
        });
        var record = TriggerHub.Begin(descriptor)!;
        if (Of(outcome) is { } exception) TriggerHub.Fail(record, exception);
        TriggerHub.End(record);
        Assert.Equal(isCaptured, sink.Records.Count > 0);

        foreach (var type in new[] { HookType.WorkflowComplete, HookType.WorkflowError })
        {
            if (type == HookType.WorkflowError && outcome == TriggerOutcome.Success) continue;
            var before = sink.Records.Count;
            new HookCapture(new MemoryHooksOptions { CaptureOnSuccess = onSuccess, CaptureOnError = onError }, target: null, new LineOptions())
                .TryCapture(new HookEvent { Type = type, Exception = Of(outcome) });
            Assert.Equal(isCaptured, sink.Records.Count > before);
        }
    }

    [Fact]
    public void Name_OfACanceledWorkflow_IsNotThatOfAnError()
    {
        using var sink = new RecordingSink();
        using (var scope = TriggerScope.Workflow("w")) scope.Fail(new OperationCanceledException());

        Assert.Contains("workflow_complete", sink.Entries[0].Tags);
        Assert.Equal("workflow_complete", HookTypes.Name(HookType.WorkflowComplete, TriggerOutcome.Canceled));
        Assert.Equal("workflow_error", HookTypes.Name(HookType.WorkflowComplete, TriggerOutcome.Failure));
    }

    private static Exception? Of(TriggerOutcome outcome) => outcome switch
    {
        TriggerOutcome.Canceled => new OperationCanceledException(),
        TriggerOutcome.Failure => new InvalidOperationException("failed"),
        _ => null,
    };
}
