using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>
/// The names of fields in conditions, templates and limits. Captured values have names of their own, so a name is refused only when it is
/// a slip of a known one.
/// </summary>
internal static class FieldNames
{
    private static readonly string[] Captured =
        ["operation", "method", "arguments", "result", "items", "exception", "handled", "metadata", "context", "truncated"];

    private static readonly string[] OfExceptions = ["type", "message", "stackTrace"];
    private static readonly string[] OfContexts = ["agent", "session_id", "task_id", "user_id", "correlation_id"];
    private static readonly string[] Known = [.. EntryFields.Names, .. Captured, .. ResultNames.All];

    /// <summary>Whether the name leads into a captured value: <c>metadata.customer</c>.</summary>
    public static bool IsCapturedPath(string name) =>
        name.Contains('.', StringComparison.Ordinal) && Captured.Contains(name[..name.IndexOf('.', StringComparison.Ordinal)]);

    /// <param name="name">The name.</param>
    /// <param name="given">Further names that exist, from the context of chains.</param>
    /// <returns>What is wrong with it; <see langword="null"/> when nothing is.</returns>
    public static string? Problem(string name, IReadOnlySet<string> given)
    {
        var parts = name.Split('.');
        if (Array.Exists(parts, string.IsNullOrWhiteSpace)) return $"'{name}' is not a name such as 'metadata.severity'";
        if (given.Contains(parts[0])) return null;
        var known = parts.Length == 1 ? Known : [.. Captured, .. EntryFields.Names];
        if (NearestName.SlipOf(parts[0], known) is { } near)
        {
            return $"unknown field '{name}'; did you mean '{near}'? " +
                $"A captured value of that name is 'metadata.{name}' or 'arguments.{name}'";
        }

        return parts switch
        {
            ["exception" or "handled", var part] => OfClosed(name, part, OfExceptions),
            ["exception" or "handled", var number, var part] when int.TryParse(number, out _) => OfClosed(name, part, OfExceptions),
            ["context", var part] => OfClosed(name, part, OfContexts),
            _ => null,
        };
    }

    private static string? OfClosed(string name, string part, string[] known) =>
        known.Contains(part) || int.TryParse(part, out _) ? null : $"unknown field '{name}'{NearestName.Hint(part, known)}";
}
