using System.Runtime.InteropServices;
using MemoryTriggers.Backends.InMemory;
using MemoryTriggers.Ranking;

namespace MemoryTriggers.Backends.Cache;

/// <summary>A memory that was written or deleted, as far as answers may depend on it.</summary>
/// <param name="id">The memory.</param>
/// <param name="entry">What was written, without a large value; <see langword="null"/> when what it is or was is unknown.</param>
/// <param name="mayBeNew">Whether it may have been stored, where it is unknown; else it was deleted.</param>
internal sealed class WrittenMemory(Guid id, MemoryEntry? entry, bool mayBeNew = false)
{
    private const int SmallValue = 1_024;

    private SearchableText? _text;

    public Guid Id { get; } = id;

    /// <summary>Whether what it is, or was, is known.</summary>
    public bool IsKnown => entry is not null;

    public bool MayBeNew => mayBeNew;

    // A large value is not kept alive for it.
    public static WrittenMemory Of(MemoryEntry entry) => new(
        entry.Id,
        JsonMarshal.GetRawUtf8Value(entry.Value).Length <= SmallValue ? entry : entry with { Value = MemoryEntry.EmptyObject });

    /// <summary>Whether a query could find it, or an earlier version of it: those have the same project, user, category, key and
    /// time.</summary>
    public bool Matches(MemoryQuery broad) => EntryFilter.Matches(broad, entry!);

    /// <summary>Whether a search for words could find it: it has one of them, or is a line beside one that has.</summary>
    public bool Answers(TermMatcher terms)
    {
        var text = _text ??= SearchableText.Of(entry!);
        return text.Turn is not null || terms.Frequencies([text]).Any(static count => count > 0);
    }
}
