using System.Text.Json;

namespace MemoryTriggers.Errors;

/// <summary>Reads the errors of a memory.</summary>
internal static class MemoryErrorReader
{
    /// <summary>The fingerprint of the exception that was captured, or <see langword="null"/> when none was.</summary>
    public static ErrorFingerprint? FingerprintOf(MemoryEntry entry) =>
        ChainOf(entry) is { Count: > 0 } chain ? ErrorFingerprint.Of(chain) : null;

    /// <summary>The exception that was captured and what caused it, the outermost first.</summary>
    public static IReadOnlyList<ErrorPart> ChainOf(MemoryEntry entry)
    {
        if (entry.Value.ValueKind != JsonValueKind.Object || !entry.Value.TryGetProperty("exception", out var exceptions)
            || exceptions.ValueKind != JsonValueKind.Array) return [];
        return [.. exceptions.EnumerateArray().Take(ErrorPart.MaxChain)
            .Select(static part => new ErrorPart(Text(part, "type"), Text(part, "message"), Text(part, "stackTrace")))];
    }

    /// <summary>The fingerprint that a memory is marked with, or <see langword="null"/>.</summary>
    public static ErrorFingerprint? ErrorOf(MemoryEntry entry)
    {
        foreach (var tag in entry.Tags)
            if (tag.StartsWith(ErrorFingerprint.Tag, StringComparison.Ordinal) && ErrorFingerprint.TryParse(tag, out var fingerprint))
                return fingerprint;
        return null;
    }

    /// <summary>Whether it tells of an exception that an earlier memory tells of already.</summary>
    public static bool IsEcho(MemoryEntry entry) => entry.Tags.Contains(ErrorFingerprint.EchoTag);

    /// <summary>
    /// How often an error was seen. Memories that only tell of it once more count where there are no others, such as when a policy drops
    /// those.
    /// </summary>
    public static long Occurrences(long all, long echoes) => all > echoes ? all - echoes : all;

    /// <summary>The errors that a memory says it resolves.</summary>
    public static IEnumerable<ErrorFingerprint> ResolvedBy(MemoryEntry entry) => Named(entry, ErrorFingerprint.ResolvesTag);

    /// <summary>The errors that a memory coincides with.</summary>
    public static IEnumerable<ErrorFingerprint> CoincidentWith(MemoryEntry entry) => Named(entry, ErrorFingerprint.CoincidesTag);

    private static IEnumerable<ErrorFingerprint> Named(MemoryEntry entry, string prefix)
    {
        foreach (var tag in entry.Tags)
            if (tag.StartsWith(prefix, StringComparison.Ordinal) && ErrorFingerprint.TryParse(tag[prefix.Length..], out var fingerprint))
                yield return fingerprint;
    }

    private static string Text(JsonElement part, string name) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";
}
