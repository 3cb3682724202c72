namespace MemoryTriggers.Tests;

/// <summary>The parsed failure text of a test framework.</summary>
/// <param name="Type">The type of the exception; <c>assertion</c> where the text names none.</param>
/// <param name="Message">Its message.</param>
internal readonly record struct FailureText(string Type, string Message)
{
    private const string Thrown = " threw exception:";

    /// <summary>
    /// Reads <c>System.InvalidOperationException : out of order</c>, as most frameworks write it, and
    /// <c>Test method Shop.Tests.Pays threw exception:</c> with the same behind it, as MSTest does.
    /// </summary>
    public static FailureText Of(string said)
    {
        var text = said.AsSpan().Trim();
        if (text.StartsWith("Test method ", StringComparison.Ordinal) && text.IndexOf(Thrown, StringComparison.Ordinal) is > 0 and var end)
            text = text[(end + Thrown.Length)..].TrimStart();
        var colon = text.IndexOf(':');
        var type = colon > 0 ? text[..colon].Trim().ToString() : "";
        return type.Contains('.', StringComparison.Ordinal)
            && type.All(static character => char.IsLetterOrDigit(character) || character is '.' or '_' or '+' or '`')
            ? new FailureText(type, text[(colon + 1)..].Trim().ToString())
            : new FailureText("assertion", text.ToString());
    }
}
