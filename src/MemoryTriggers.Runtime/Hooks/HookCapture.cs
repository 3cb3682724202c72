using System.Runtime.CompilerServices;
using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Hooks;

/// <summary>
/// Makes a capture record of an event. Costs a load and a branch while no runtime is started. Throws only what metadata of the user's
/// throws.
/// </summary>
internal sealed class HookCapture(MemoryHooksOptions options, CaptureTarget? target, LineOptions lines)
{
    // By every host of the process: an event that belongs to none of them is one memory.
    private static readonly ConditionalWeakTable<object, object> Remembered = [];

    /// <summary>Whether an event of this type would be remembered, if it ended so.</summary>
    public bool Wants(HookType type, bool isError) =>
        (isError ? options.CaptureOnError : options.CaptureOnSuccess) && HookTypes.Trigger(type) is { } trigger
            && (target is null ? TriggerHub.IsWanted(trigger, TriggerFlow.Current) : TriggerHub.IsWanted(trigger, target));

    /// <returns>Whether it was handed to the journal, which counts what it cannot take.</returns>
    public bool TryCapture(HookEvent hook)
    {
        var isError = hook.Outcome.IsError() || (hook.IsError && hook.Outcome != TriggerOutcome.Canceled);
        return Wants(hook.Type, isError) && !TriggerFlow.IsCurrentSuppressed
            && Capture(hook, HookTypes.Trigger(hook.Type)!);
    }

    private bool Capture(HookEvent hook, TriggerDescriptor trigger)
    {
        if (hook.Once is { } what && !Remembered.TryAdd(what, what)) return false;
        var record = new CaptureRecord();
        var flow = Flow(isOurs: hook.Once is null);
        record.Start(trigger, flow, ThreadCapture.Current.Innermost);
        record.Lasted(hook.Duration);
        record.MustSync |= hook.MustSync;
        if (hook.Priority is { } priority) record.Priority = priority;
        if (hook.Activity is { } activity) record.Traced(activity);
        // First: what follows is cleaned of them.
        record.NoteSecrets(hook.Metadata);
        record.Override(CaptureOverride.Operation, hook.Operation);
        record.Override(CaptureOverride.Source, hook.Source);
        if (hook.Project is { Length: > 0 } project) record.Override(CaptureOverride.Project, project);
        if (Subject(hook) is { Length: > 0 } subject) record.Override(CaptureOverride.Subject, subject);
        Outcome(record, hook);
        Tags(record, hook);
        HookMetadata.Write(record, hook, options.MaxMetadataSize);
        if (hook.About is { } about) RememberedExceptions.Note(about, record.Id);
        TriggerHub.Accept(record);
        return record.IsAccepted;
    }

    // What a program tells these hooks is theirs, in whatever flow it does. What a process tells all of them is the flow's.
    private TriggerFlow? Flow(bool isOurs) => isOurs && target is not null ? TriggerFlow.Toward(target) : TriggerFlow.Current;

    // Of an error it is the kind of error; what it left is a tag.
    private static string? Subject(HookEvent hook) => hook.IsError ? HookContent.ErrorType(hook) : hook.Subject;

    private object? Detail(HookEvent hook) => hook.Type switch
    {
        _ when hook.IsError => hook.Solution,
        HookType.WorkflowComplete or HookType.AgentOperationComplete when !options.CaptureResult => null,
        _ => hook.Detail,
    };

    private void Outcome(CaptureRecord record, HookEvent hook)
    {
        var detail = Detail(hook);
        var line = HookContent.Of(hook, Text(detail), lines.Style).ReplaceLineEndings(" ");
        line = record.WithoutSecrets(line);
        if (lines.MaskPersonalData) line = PersonalData.Mask(line);
        foreach (var piece in HookText.Pieces(HookText.Cut(line, options.MaxContentLength), CaptureFormat.MaxStringLength))
            record.Override(CaptureOverride.Content, piece);
        if (detail is not null) record.Result(detail);
        if (hook.Exception is { } exception) Exception(record, exception, hook.Outcome == TriggerOutcome.Success);
        if (hook.Outcome != TriggerOutcome.Success) record.Fail(hook.Outcome);
    }

    private string Text(object? detail) =>
        lines.Style == LineStyle.Reference ? HookText.Of(detail) : HookText.Summary(detail);

    private static void Exception(CaptureRecord record, Exception exception, bool isHandled)
    {
        // Another memory may be about the same: that of the method that it left, or of the line that was logged.
        if (RememberedExceptions.MemoryOf(exception) is { } earlier) record.Metadata("remembered_as", earlier.ToGuid().ToString());
        RememberedExceptions.TellAgain(exception, record.Trace);
        record.Exception(exception, isHandled ? CaptureField.HandledException : CaptureField.Exception);
    }

    private static void Tags(CaptureRecord record, HookEvent hook)
    {
        record.Tag(HookTypes.Name(hook.Type, hook.Outcome));
        if (hook.IsError && hook.Subject is { Length: > 0 } left) record.Tag(left);
        foreach (var tag in hook.Tags)
        {
            if (tag is { Length: > 0 }) record.Tag(tag);
        }
    }
}
