namespace MemoryTriggers.Capture;

/// <summary>The trigger around an asynchronous flow: what runs inside it, on whatever thread, has it as its parent.</summary>
internal sealed class TriggerFlow(CaptureId id, CaptureId trace, string? project, IFlowScope? scope, IFlowContext? context = null)
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

    /// <summary>On whose behalf this flow runs.</summary>
    public IFlowContext? Context { get; } = context;

    /// <summary>The innermost scope around this flow; it knows the ones around itself.</summary>
    public IFlowScope? Scope { get; } = scope;

    /// <summary>The flow inside another one in which nothing is captured: on whose behalf it runs stays.</summary>
    public static TriggerFlow Suppress(string? project, IFlowContext? context) =>
        project is null && context is null ? Suppressed : new TriggerFlow(default, default, project, null, context) { IsSuppressed = true };
}
