namespace MemoryTriggers.Vectors;

/// <summary>The text of a memory that is embedded.</summary>
internal static class VectorText
{
    public static string Of(MemoryEntry entry, int limit) => Shorten(entry.Content, limit);

    // Never cut inside of a character that takes two.
    public static string Shorten(string text, int limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
}
