using System.Text;

namespace MemoryTriggers.Policies;

/// <summary>Finds the names in <c>${...}</c>. <c>$${</c> is a plain <c>${</c>.</summary>
internal static class Placeholders
{
    /// <summary>All names in a text, in order. One without an end has no name.</summary>
    public static IEnumerable<(string? Name, int Start, int End)> Of(string text)
    {
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0 && at < text.Length; at = text.IndexOf('$', at))
        {
            if (text.AsSpan(at).StartsWith("$${"))
            {
                at += 3;
            }
            else if (text.AsSpan(at).StartsWith("${"))
            {
                var end = text.IndexOf('}', at);
                yield return end < 0 ? (null, at, text.Length) : (text[(at + 2)..end], at, end + 1);
                at = end < 0 ? text.Length : end + 1;
            }
            else
            {
                at++;
            }

            if (at >= text.Length) yield break;
        }
    }

    /// <summary>The text with a letter instead of each name.</summary>
    public static string Blank(string text)
    {
        var blank = new StringBuilder(text);
        foreach (var (_, start, end) in Of(text).Reverse()) blank.Remove(start, end - start).Insert(start, 'x');
        return blank.ToString();
    }
}
