using System.Buffers;
using System.Text;

namespace MemoryTriggers.Cli.Output;

/// <summary>
/// Text of memories on a terminal. Untrusted text must not move the cursor, clear the screen, or change the direction of reading.
/// </summary>
internal static class SafeText
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Concat(Enumerable.Range(0x202A, 5))
            .Concat(Enumerable.Range(0x2066, 4)).Append(0x2028).Append(0x2029).Select(static code => (char)code)]);

    /// <summary>The text in one line.</summary>
    public static string Of(string? text)
    {
        if (text is null) return "";
        if (!text.AsSpan().ContainsAny(Unsafe)) return text;

        var safe = new StringBuilder(text.Length);
        foreach (var letter in text) safe.Append(letter is '\n' or '\t' ? ' ' : Unsafe.Contains(letter) ? '�' : letter);
        return safe.ToString();
    }

    /// <summary>The text with its lines and tabs.</summary>
    public static string OfLines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Of));
}
