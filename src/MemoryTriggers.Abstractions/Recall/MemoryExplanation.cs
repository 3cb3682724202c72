using System.Globalization;

namespace MemoryTriggers;

/// <summary>Why a search found a memory, and why it ranks where it does. The formula is in docs/recall.md.</summary>
public sealed record MemoryExplanation
{
    /// <summary>The explanation of a store that does not explain its ranking.</summary>
    public static MemoryExplanation None { get; } = new();

    /// <summary>
    /// The terms of the question that the memory contains, the most significant first. Empty when it was found by meaning only.
    /// </summary>
    public IReadOnlyList<MemoryMatch> Matches { get; init; } = [];

    /// <summary>How well its words answer the question: the sum of the weights of <see cref="Matches"/>.</summary>
    public double Relevance { get; init; }

    /// <summary>The boost for its age, as a share of the relevance: from 0 to <c>RecallOptions.RecencyBoost</c>.</summary>
    public double Recency { get; init; }

    /// <summary>The boost or penalty for its quality, as a share of the relevance; 0 when unrated.</summary>
    public double Quality { get; init; }

    /// <summary>
    /// What its outcome adds, as a share of the relevance: more than 0 when the question asks for failures and it is one, or for successes.
    /// </summary>
    public double Outcome { get; init; }

    /// <summary>
    /// What its speaker adds, as a share of the relevance: more than 0 for a line of a conversation when the question is about who said it.
    /// </summary>
    public double Speaker { get; init; }

    /// <summary>
    /// What a line of a conversation gains, as a share of the relevance, when it tells what the question asks for, a time or a number, or
    /// is
    /// from the month that the question names.
    /// </summary>
    public double Answer { get; init; }

    /// <summary>
    /// What the store gave it that ranked by itself, as mem0 does; <see langword="null"/> for the stores that this library ranks.
    /// </summary>
    public double? StoreScore { get; init; }

    /// <summary>
    /// Its place by words, from 1, where several rankings were fused; <see langword="null"/> otherwise, or when its words did not find it.
    /// </summary>
    public int? WordRank { get; init; }

    /// <summary>Its place by meaning, from 1; <see langword="null"/> when the search was not by meaning, or did not find it.</summary>
    public int? MeaningRank { get; init; }

    /// <summary>How near its meaning is to the question, -1 to 1; <see langword="null"/> when not compared.</summary>
    public double? Similarity { get; init; }

    /// <summary>All of it as a sentence for people.</summary>
    public override string ToString()
    {
        if (Matches.Count == 0 && MeaningRank is null && WordRank is null && StoreScore is { } given)
            return string.Create(CultureInfo.InvariantCulture, $"Found by the store, which gave it {given:0.00} and does not say why.");
        if (Matches.Count == 0 && MeaningRank is null) return "Found by the store, which does not say why.";

        var parts = new List<string>();
        if (Matches.Count > 0) parts.Add($"has {string.Join(", ", Matches.Select(Describe))}");
        if (WordRank is { } byWords) parts.Add(string.Create(CultureInfo.InvariantCulture, $"is number {byWords} by words"));
        if (MeaningRank is { } byMeaning)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"is number {byMeaning} by meaning (similarity {Similarity:0.00})"));
        if (Boost(Recency) is { } recency) parts.Add($"is recent ({recency})");
        if (Boost(Quality) is { } quality) parts.Add($"was judged ({quality})");
        if (Boost(Outcome) is { } outcome) parts.Add($"ended as the question asks ({outcome})");
        if (Boost(Speaker) is { } speaker) parts.Add($"was said by whom the question is about ({speaker})");
        if (Boost(Answer) is { } answer) parts.Add($"tells what kind of thing the question asks for ({answer})");
        if (StoreScore is { } score) parts.Add(string.Create(CultureInfo.InvariantCulture, $"was given {score:0.00} by the store"));
        return $"It {string.Join("; ", parts)}.";
    }

    private static string Describe(MemoryMatch match)
    {
        var form = match.As is null ? "" : $" as \"{match.As}\"";
        var field = match.Field.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"\"{match.Term}\"{form} in its {field} ({match.Weight:0.00})");
    }

    // What would be shown as nothing is left out.
    private static string? Boost(double share) =>
        Math.Abs(share) < 0.0005 ? null : string.Create(CultureInfo.InvariantCulture, $"{share * 100:+0.0;-0.0}%");
}
