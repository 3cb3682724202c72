namespace MemoryTriggers.Capture;

/// <summary>The trigger around an asynchronous flow: what runs inside it, on whatever thread, has it as its parent.</summary>
internal sealed class TriggerFlow(CaptureId id, CaptureId trace, string? project, IFlowScope? scope, IFlowContext? context = null)
{
    private static readonly AsyncLocal<TriggerFlow?> Ambient = new();

    /// <summary>In this flow nothing is captured: the runtime's own work, which must not feed itself.</summary>
    public static readonly TriggerFlow Suppressed = new(default, default, null, null);

    public static TriggerFlow? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public CaptureId Id { get; } = id;

    public CaptureId Trace { get; } = trace;

    public string? Project { get; } = project;

    /// <summary>On whose behalf this flow runs.</summary>
    public IFlowContext? Context { get; } = context;

    /// <summary>The innermost scope around this flow; it knows the ones around itself.</summary>
    public IFlowScope? Scope { get; } = scope;
}
