namespace MemoryTriggers.Monitoring;

/// <summary>What a caller gets who may not ask.</summary>
internal sealed record RefusalAnswer(string Error)
{
    public static RefusalAnswer Anonymous { get; } = new("anonymous remote callers are refused here");
}
