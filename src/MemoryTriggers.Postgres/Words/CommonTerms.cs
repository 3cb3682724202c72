using System.Collections.Concurrent;

namespace MemoryTriggers.Postgres.Words;

/// <summary>
/// The terms that were found in thousands of memories, the projects that have many, and the number of all. Counting such a term reads all
/// that the index has of it, and it stays common: it is counted again only after a while. Thread-safe.
/// </summary>
internal sealed class CommonTerms(TimeProvider time)
{
    /// <summary>A term of more memories is common.</summary>
    public const int Limit = 2_000;

    private const int MaxTerms = 10_000;
    private static readonly TimeSpan TermsHold = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TotalHolds = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _terms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _projects = new(StringComparer.Ordinal);
    private (long Count, DateTimeOffset At)? _total;
    private readonly Lock _lock = new();

    /// <summary>The number of all memories, when there were many a moment ago.</summary>
    public long? Total
    {
        get
        {
            lock (_lock) return _total is { } total && IsFresh(total.At, TotalHolds) ? total.Count : null;
        }
    }

    public bool Contains(string query) => IsNoted(_terms, query);

    public void Note(string query, long count)
    {
        if (count > Limit) Note(_terms, query);
    }

    /// <summary>Whether a project was found to be too large for looking at all of it.</summary>
    public bool IsLarge(string project) => IsNoted(_projects, project);

    public void NoteLarge(string project) => Note(_projects, project);

    public void NoteTotal(long total)
    {
        lock (_lock) _total = total > Limit ? (total, time.GetUtcNow()) : null;
    }

    /// <summary>After many memories went at once.</summary>
    public void Forget()
    {
        _terms.Clear();
        _projects.Clear();
        lock (_lock) _total = null;
    }

    private bool IsNoted(ConcurrentDictionary<string, DateTimeOffset> known, string what) =>
        known.TryGetValue(what, out var at) && IsFresh(at, TermsHold);

    private void Note(ConcurrentDictionary<string, DateTimeOffset> known, string what)
    {
        if (known.Count > MaxTerms) known.Clear();
        known[what] = time.GetUtcNow();
    }

    // A time in the future is that of a clock that was set back.
    private bool IsFresh(DateTimeOffset at, TimeSpan hold) => time.GetUtcNow() - at is var age && age >= TimeSpan.Zero && age < hold;
}
