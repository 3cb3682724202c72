using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Ranking;

/// <summary>A memory that may answer a question.</summary>
/// <param name="Handle">What the backend needs to fetch it: a row number or the memory itself.</param>
/// <param name="CreatedAt">In UTC ticks; the later of two equals comes first.</param>
/// <param name="QualityScore">0 to 1, or <see langword="null"/> when it is unrated.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">Its words.</param>
internal sealed record SearchCandidate<T>(T Handle, long CreatedAt, double? QualityScore, TriggerOutcome Outcome, SearchableText Text)
{
    /// <summary>The key of its conversation; <see langword="null"/> when it has none.</summary>
    public ConversationKey? Conversation { get; init; }

    /// <summary>
    /// Its place in its conversation when that has a key, otherwise in the store. Lines at successive places are neighbors.
    /// </summary>
    public long Position { get; init; }
}
