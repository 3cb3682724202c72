using System.Text;

namespace MemoryTriggers.Errors;

/// <summary>The frame of a stack trace that names the place of a fault: the nearest one that is neither the framework's nor ours.</summary>
internal static class ErrorFrame
{
    private static readonly string[] Foreign = ["System.", "Microsoft.", "MemoryTriggers.", "Interop."];

    /// <returns>The method without line, parameters, generic arguments and compiler numbers; the nearest of any when the user's code has
    /// none; empty without a trace.</returns>
    public static string NearestOfUser(string stackTrace)
    {
        string? nearest = null;
        foreach (var line in stackTrace.AsSpan().EnumerateLines())
        {
            if (Method(line.Trim()) is not { Length: > 0 } method) continue;
            nearest ??= method;
            if (!Foreign.Any(prefix => method.StartsWith(prefix, StringComparison.Ordinal))) return method;
        }

        return nearest ?? "";
    }

    // "at Shop.Orders.<>c__DisplayClass3_0.<Place>b__1(Order order) in /src/Orders.cs:line 12"
    private static string? Method(ReadOnlySpan<char> line)
    {
        var start = line.IndexOf(' ');
        var end = line.IndexOf('(');
        return start < 0 || end <= start || line.StartsWith("---", StringComparison.Ordinal)
            ? null
            : Name(line[(start + 1)..end].ToString());
    }

    private static string Name(string method)
    {
        var name = new StringBuilder();
        foreach (var part in Parts(WithoutArguments(method)))
        {
            if (part.StartsWith("<>c", StringComparison.Ordinal) || part is "MoveNext") continue;
            if (name.Length > 0) name.Append('.');
            name.Append(Written(part));
        }

        return name.ToString();
    }

    // Type arguments in brackets, and their number after a backtick.
    private static string WithoutArguments(string method)
    {
        var text = new StringBuilder(method.Length);
        var depth = 0;
        for (var i = 0; i < method.Length; i++)
        {
            if (method[i] == '[') depth++;
            if (depth == 0 && method[i] == '`') while (i + 1 < method.Length && char.IsAsciiDigit(method[i + 1])) i++;
            else if (depth == 0) text.Append(method[i]);
            if (method[i] == ']') depth--;
        }

        return text.ToString();
    }

    // At dots and pluses, but not at those inside of angle brackets: a file-local type has the name of its file there.
    private static IEnumerable<string> Parts(string method)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= method.Length; i++)
        {
            if (i < method.Length && method[i] == '<') depth++;
            if (i < method.Length && method[i] == '>') depth--;
            if (i < method.Length && (depth > 0 || method[i] is not ('.' or '+'))) continue;
            if (i > start) yield return method[start..i];
            start = i + 1;
        }
    }

    // What the compiler calls a lambda, a local function, an iterator, an async method, or a woven body, as it was written.
    private static string Written(string part)
    {
        var open = part.LastIndexOf('<');
        var close = part.IndexOf('>', Math.Max(open, 0));
        if (open < 0 || close < open) return part;

        var outer = part[(open + 1)..close];
        var local = part.IndexOf("g__", close, StringComparison.Ordinal);
        if (local >= 0 && part.IndexOf('|', local) is > 0 and var bar) return $"{outer}.{part[(local + 3)..bar]}";
        return part.IndexOf(">b__", StringComparison.Ordinal) >= 0 ? $"{outer}.lambda" : outer;
    }
}
