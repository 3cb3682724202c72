namespace MemoryTriggers;

/// <summary>
/// A memory that a search found, in short: enough to decide whether to read it, by <c>GetManyAsync</c> of <see cref="IMemoryRecall"/>.
/// </summary>
/// <param name="Id">The memory.</param>
/// <param name="Line">The beginning of its <see cref="MemoryEntry.Content"/>: 200 characters, and a mark when there are more.</param>
/// <param name="Score">Its rank: higher is better. Comparable only within one answer.</param>
/// <param name="CreatedAt">When the operation ended, in UTC.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record CompactHit(Guid Id, string Line, double Score, DateTimeOffset CreatedAt, TriggerOutcome Outcome)
{
    /// <summary>The maximum number of characters of a memory in <see cref="Line"/>.</summary>
    public const int MaxLine = 200;

    /// <summary>The short form of a hit.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public static CompactHit Of(MemoryHit hit)
    {
        ArgumentNullException.ThrowIfNull(hit);
        return new CompactHit(hit.Entry.Id, Shorten(hit.Entry.Content), hit.Score, hit.Entry.CreatedAt, hit.Entry.Outcome);
    }

    // Never cut inside of a character that takes two.
    internal static string Shorten(string content) =>
        content.Length <= MaxLine ? content : content[..(char.IsHighSurrogate(content[MaxLine - 1]) ? MaxLine - 1 : MaxLine)] + "…";
}
