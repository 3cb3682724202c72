using MemoryTriggers.Capture;

namespace MemoryTriggers.Requests;

/// <summary>The triggers of the middleware: what a request was shows when it ends.</summary>
internal static class RequestTriggers
{
    public const string Source = "aspnetcore";

    /// <summary>A request that failed. The text of its exception is written by the capture, which knows what is secret in it.</summary>
    public static TriggerDescriptor Failed { get; } = TriggerHub.Describe(new TriggerDefinition
    {
        Type = TriggerType.ErrorResolution,
        Operation = "request",
        Source = Source,
        Tags = ["http"],
        Content = "Request failed: {operation}: {error}",
    });

    /// <summary>A request that took its time.</summary>
    public static TriggerDescriptor Slow { get; } = TriggerHub.Describe(new TriggerDefinition
    {
        Type = TriggerType.PatternDetection,
        Operation = "request",
        Subject = "slow_request",
        Source = Source,
        Tags = ["http"],
    });

    /// <summary>A request that is only counted: one that was refused, or that the client left.</summary>
    public static TriggerDescriptor Counted { get; } = TriggerHub.Describe(new TriggerDefinition
    {
        Type = TriggerType.PatternDetection,
        Operation = "request",
        Subject = "counted_request",
        Source = Source,
        Tags = ["http"],
        Priority = TriggerPriority.Low,
    });

    public static bool AnyEnabled => TriggerHub.IsEnabled(Failed) || TriggerHub.IsEnabled(Slow);

    /// <summary>The trigger to begin with: one that the service of this flow wants, if there is one.</summary>
    public static TriggerDescriptor First => TriggerHub.IsWanted(Failed, TriggerFlow.Current) ? Failed : Slow;
}
