namespace MemoryTriggers.Capture;

/// <summary>
/// Names of methods that say nothing of what they do: what their type, or the message that they get, says counts. Compiled into the
/// generator as well.
/// </summary>
internal static class GeneralNames
{
    private const string Asynchronous = "Async";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Handle", "Execute", "Consume", "Invoke", "Process", "Run", "Receive", "Apply", "Dispatch", "On", "When",
    };

    public static bool Contains(string method) =>
        Names.Contains(method.EndsWith(Asynchronous, StringComparison.Ordinal)
            ? method.Substring(0, method.Length - Asynchronous.Length)
            : method);
}
