namespace MemoryTriggers.Capture;

/// <summary>The trigger around an asynchronous flow: what runs inside it, on whatever thread, has it as its parent.</summary>
internal sealed class TriggerFlow(CaptureId id, CaptureId trace, string? project, IFlowScope? scope, FlowSurroundings? around = null)
{
    private static readonly AsyncLocal<TriggerFlow?> Ambient = new();

    /// <summary>In this flow nothing is captured: the runtime's own work, which must not feed itself.</summary>
    private static readonly TriggerFlow Suppressed = new(default, default, null, null) { IsSuppressed = true };

    public static TriggerFlow? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>Whether nothing is captured in it.</summary>
    public bool IsSuppressed { get; private init; }

    /// <summary>Whether nothing is captured in the running code.</summary>
    public static bool IsCurrentSuppressed => Ambient.Value is { IsSuppressed: true };

    public CaptureId Id { get; } = id;

    public CaptureId Trace { get; } = trace;

    public string? Project { get; } = project;

    /// <summary>What this flow inherits, if anything.</summary>
    public FlowSurroundings? Around { get; } = around;

    /// <summary>On whose behalf this flow runs.</summary>
    public IFlowContext? Context => Around?.Context;

    /// <summary>Where the records of this flow go; <see langword="null"/>: to the sink that was attached last.</summary>
    public CaptureTarget? Target => Around?.Target;

    /// <summary>What the triggers around know to be secret.</summary>
    public CaptureSecrets Secrets => Around?.Secrets ?? default;

    /// <summary>This flow, in which more is known to be secret.</summary>
    public TriggerFlow With(in CaptureSecrets secrets) =>
        new(Id, Trace, Project, Scope, new FlowSurroundings(Context, Target, secrets)) { IsSuppressed = IsSuppressed };

    /// <summary>Whether it says nothing but the service that its records go to.</summary>
    public bool IsBare =>
        Id.IsEmpty && Trace.IsEmpty && Project is null && Context is null && Scope is null && !IsSuppressed;

    /// <summary>The innermost scope around this flow; it knows the ones around itself.</summary>
    public IFlowScope? Scope { get; } = scope;

    /// <summary>The current flow, with other surroundings.</summary>
    /// <param name="outer">The current flow.</param>
    /// <param name="around">The other surroundings.</param>
    /// <param name="project">Another project, if any.</param>
    public static TriggerFlow Inside(TriggerFlow? outer, FlowSurroundings around, string? project = null)
    {
        // A synchronous trigger that is open on this thread stays the parent of what runs inside.
        var open = ThreadCapture.Current.Innermost;
        return open is not null && ReferenceEquals(open.FlowAtEntry, outer)
            ? new TriggerFlow(open.Id, open.Trace, project ?? open.Descriptor.Definition.Project ?? outer?.Project, outer?.Scope, around)
            : new TriggerFlow(outer?.Id ?? default, outer?.Trace ?? default, project ?? outer?.Project, outer?.Scope, around);
    }

    /// <summary>The current flow, with its records going to this target.</summary>
    public static TriggerFlow Toward(CaptureTarget target)
    {
        var outer = Current;
        if (outer is not null && (outer.IsSuppressed || ReferenceEquals(outer.Target, target))) return outer;
        return Inside(outer, new FlowSurroundings(outer?.Context, target, outer?.Secrets ?? default));
    }

    /// <summary>This flow without its target.</summary>
    public TriggerFlow Without() =>
        new(Id, Trace, Project, Scope, Context is null && Secrets.AreNone ? null : new FlowSurroundings(Context, null, Secrets))
        {
            IsSuppressed = IsSuppressed,
        };

    /// <summary>The flow inside another one in which nothing is captured: on whose behalf it runs stays.</summary>
    public static TriggerFlow Suppress(string? project, FlowSurroundings? around) =>
        project is null && around is null ? Suppressed : new TriggerFlow(default, default, project, null, around) { IsSuppressed = true };
}
