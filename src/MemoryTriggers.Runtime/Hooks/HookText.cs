using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Hooks;

/// <summary>Text of hooks: within its limit, and values as a person reads them.</summary>
internal static class HookText
{
    /// <summary>
    /// At most so many characters, the mark that says how many there were included. What a person takes for one character is not cut.
    /// </summary>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit) return text;
        var mark = $"… [{text.Length} characters]";
        return text[..Boundary(text, Math.Max(1, limit - mark.Length))] + mark;
    }

    /// <summary>The text in pieces of at most so many characters.</summary>
    public static IEnumerable<string> Pieces(string text, int size)
    {
        while (text.Length > size)
        {
            var end = CaptureBuffer.Boundary(text, size);
            yield return text[..end];
            text = text[end..];
        }

        yield return text;
    }

    /// <summary>A value as the memory would hold it; no user code runs.</summary>
    public static string Of(object? value)
    {
        return value is null or string ? value as string ?? "" : ContentLine.Text(Read(value));
    }

    /// <summary>A value as a line names it: text as it is, objects and lists by type and size.</summary>
    public static string Summary(object? value) => value is null or string
        ? value as string ?? ""
        // The name of an anonymous type says nothing.
        : ValueSummary.Of(Read(value), value is IEnumerable || value.GetType().Name.Contains('<') ? null : value.GetType().Name);

    private static JsonNode? Read(object value)
    {
        var buffer = new CaptureBuffer();
        CaptureGraphWriter.Write(buffer, value);
        var reader = new CaptureReader(buffer.Written[CaptureFormat.HeadSize..]);
        return CaptureValueReader.Read(ref reader);
    }

    private static int Boundary(string text, int limit)
    {
        var end = CaptureBuffer.Boundary(text, limit);
        // What is joined to one character is rarely longer than this; longer ones are cut between their parts.
        var start = Math.Max(0, end - 64);
        if (start > 0 && char.IsLowSurrogate(text[start])) start++;

        var kept = start;
        while (kept + StringInfo.GetNextTextElementLength(text, kept) is var next && next <= end) kept = next;
        return kept > start ? kept : end;
    }
}
