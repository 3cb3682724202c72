using MemoryTriggers.Secrets;

namespace MemoryTriggers.Capture;

/// <summary>The texts that replace a value that was not captured.</summary>
internal static class CaptureMarkers
{
    public const string Sensitive = SecretText.Mark;
    public const string TooLarge = "[too large]";
    public const string TooDeep = "[too deep]";
    public const string NotKept = "[not kept]";
    public const string Cycle = "[cycle]";

    private const string NotCapturedStart = "[not captured: ";

    public static string Unreadable(Exception exception) => $"[unreadable: {exception.GetType().Name}]";

    public static string NotCaptured(Type type) => $"{NotCapturedStart}{type.Name}]";

    /// <summary>The name of the type whose value was not captured; <see langword="null"/> when the text is another one.</summary>
    public static string? TypeNotCaptured(string text) => text.StartsWith(NotCapturedStart, StringComparison.Ordinal)
        ? text.Substring(NotCapturedStart.Length, text.Length - NotCapturedStart.Length - 1)
        : null;
}
