namespace MemoryTriggers.Capture;

/// <summary>What a flow inherits besides its parent. One object for all, so that a flow needs no more memory than one reference.</summary>
/// <param name="Context">On whose behalf the flow runs.</param>
/// <param name="Target">Where its records go; <see langword="null"/>: to the sink that was attached last.</param>
/// <param name="Secrets">What the triggers around know to be secret.</param>
internal sealed record FlowSurroundings(IFlowContext? Context, CaptureTarget? Target, CaptureSecrets Secrets = default);
