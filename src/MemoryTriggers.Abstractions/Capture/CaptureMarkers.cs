namespace MemoryTriggers.Capture;

/// <summary>The texts that replace a value that was not captured.</summary>
internal static class CaptureMarkers
{
    public const string Sensitive = "[sensitive]";
    public const string TooLarge = "[too large]";
    public const string TooDeep = "[too deep]";
    public const string NotKept = "[not kept]";
    public const string Cycle = "[cycle]";

    public static string Unreadable(Exception exception) => $"[unreadable: {exception.GetType().Name}]";

    public static string NotCaptured(Type type) => $"[not captured: {type.Name}]";
}
