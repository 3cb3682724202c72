#if NET8_0_OR_GREATER
using System.Buffers;
#endif

namespace MemoryTriggers.Secrets;

/// <summary>Finds the next character at which a secret may be recognized.</summary>
internal static class SecretMarks
{
    private const string All = "=:%>\"'`-_.AJSBb~/23456";

#if NET8_0_OR_GREATER
    private static readonly SearchValues<char> Marks = SearchValues.Create(All);

    public static int Next(string text, int from)
    {
        var next = text.AsSpan(from).IndexOfAny(Marks);
        return next < 0 ? -1 : from + next;
    }
#else
    private static readonly bool[] Marks = Table();

    public static int Next(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (text[at] < Marks.Length && Marks[text[at]]) return at;
        }

        return -1;
    }

    private static bool[] Table()
    {
        var marks = new bool[128];
        foreach (var mark in All) marks[mark] = true;
        return marks;
    }
#endif

    /// <summary>Whether there is any.</summary>
    public static bool AreIn(ReadOnlySpan<char> text)
    {
#if NET8_0_OR_GREATER
        return text.IndexOfAny(Marks) >= 0;
#else
        foreach (var character in text)
        {
            if (character < Marks.Length && Marks[character]) return true;
        }

        return false;
#endif
    }
}
