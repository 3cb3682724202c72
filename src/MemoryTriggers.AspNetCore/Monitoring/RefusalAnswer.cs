namespace MemoryTriggers.Monitoring;

/// <summary>The response to a refused caller.</summary>
internal sealed record RefusalAnswer(string Error)
{
    public static RefusalAnswer Anonymous { get; } = new("anonymous remote callers are refused here");
}
