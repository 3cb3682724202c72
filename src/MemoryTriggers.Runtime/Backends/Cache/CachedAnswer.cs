using MemoryTriggers.Ranking;

namespace MemoryTriggers.Backends.Cache;

/// <summary>An answer of the store, and what it depends on. Thread-safe.</summary>
/// <param name="value">The answer.</param>
/// <param name="number">The last write that it has seen.</param>
/// <param name="key">The question; <see langword="null"/> when it asked for one memory by its id.</param>
/// <param name="ids">The memories that are in it.</param>
/// <param name="findsByWords">Whether the store finds what has the words of a question, and nothing else.</param>
internal sealed class CachedAnswer<TAnswer>(TAnswer value, long number, CacheKey? key, IEnumerable<Guid> ids, bool findsByWords)
{
    private readonly HashSet<Guid> _ids = [.. ids];
    private readonly MemoryQuery? _broad = key is null ? null : Broad(key.Query);

    // Read when a write asks for it: most answers are never looked at again.
    private readonly Lazy<TermMatcher?>? _terms = key is { Text.Length: > 0 } && findsByWords ? new(() => Terms(key.Text)) : null;
    private long _number = number;

    public TAnswer Value => value;

    /// <summary>Whether no write since could have changed it.</summary>
    public bool Holds(RecentWrites writes)
    {
        if (writes.After(Interlocked.Read(ref _number), out var last) is not { } since) return false;
        foreach (var written in since)
        {
            if (IsChangedBy(written)) return false;
        }

        Interlocked.Exchange(ref _number, last);
        return true;
    }

    private bool IsChangedBy(WrittenMemory written)
    {
        if (_ids.Contains(written.Id)) return true;
        if (_broad is null) return false;
        // It may have been counted, or have stood before the page.
        if (!written.IsKnown) return written.MayBeNew || _ids.Count == 0 || _broad.Offset > 0;
        return written.Matches(_broad) && (_terms?.Value is not { } terms || written.Answers(terms));
    }

    // What may differ between two versions of a memory is not asked for: an earlier one may have had it.
    private static MemoryQuery Broad(MemoryQuery query) => new()
    {
        Project = query.Project,
        AllProjects = query.AllProjects,
        UserId = query.UserId,
        VisibleTo = query.VisibleTo,
        Category = query.Category,
        Key = query.Key,
        EntityType = query.EntityType,
        EntityId = query.EntityId,
        TriggerType = query.TriggerType,
        Since = query.Since,
        Until = query.Until,
        Offset = query.Offset,
    };

    private static TermMatcher? Terms(string text)
    {
        var terms = ParsedQuery.Of(text, synonyms: true).Terms;
        return terms.Count == 0 ? null : new TermMatcher(terms);
    }
}
