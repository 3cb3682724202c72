using System.Text;
using System.Text.RegularExpressions;

namespace MemoryTriggers.Policies;

/// <summary>Patterns of the short notation: <c>*</c>, <c>?</c>, <c>[abc]</c> and <c>[!abc]</c>, as file names have them.</summary>
internal static class Glob
{
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    public static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^(?:");
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '*':
                    regex.Append("[\\s\\S]*");
                    break;
                case '?':
                    regex.Append("[\\s\\S]");
                    break;
                case '[' when End(pattern, at) is var end and > 0:
                    regex.Append(Set(pattern[(at + 1)..end]));
                    at = end;
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[at].ToString()));
                    break;
            }
        }

        return regex.Append(")\\z").ToString();
    }

    // A bracket right after the opening one is a member, and a set without an end is plain text.
    private static int End(string pattern, int start)
    {
        var first = start + (start + 1 < pattern.Length && pattern[start + 1] == '!' ? 2 : 1);
        return first < pattern.Length ? pattern.IndexOf(']', first + 1) : -1;
    }

    private static string Set(string members)
    {
        var isNegated = members.StartsWith('!');
        var escaped = new StringBuilder();
        foreach (var character in members.AsSpan(isNegated ? 1 : 0))
        {
            if (character is '\\' or '[' or ']' or '^') escaped.Append('\\');
            escaped.Append(character);
        }

        return $"[{(isNegated ? "^" : "")}{escaped}]";
    }
}
