using System.Collections.Frozen;

namespace MemoryTriggers.Ranking;

/// <summary>
/// Words that mean about the same, and that people use for each other when they ask: a small list on purpose, as each entry finds more, and
/// less of it fits.
/// docs/recall.md has the list, too.
/// </summary>
internal static class Synonyms
{
    private static readonly string[] Groups =
    [
        "fail error crash exception",
        "fix resolve solve repair",
        "down unavailable unreachable offline",
        "change switch",
        "delete remove",
        "start begin launch restart",
        "stop halt",
        "buy purchase",
        "movie film",
        "kid child",
        "mom mother",
        "dad father",
        "photo picture",
        "trip vacation holiday",
        "job career",
        "doctor physician",
        "car vehicle",
        "present gift",
        "big large",
        "sick ill",
        "quick fast",
        "slow latency",
    ];

    private static readonly FrozenDictionary<string, string[]> ByStem = Groups
        .Select(static group => group.Split(' '))
        .SelectMany(static group => group.Select(word =>
            (Stem: PorterStemmer.Stem(word), Others: group.Where(other => other != word).ToArray())))
        .ToFrozenDictionary(static item => item.Stem, static item => item.Others, StringComparer.Ordinal);

    /// <returns>Not stemmed; empty when there is none.</returns>
    public static IReadOnlyList<string> Of(string stem) => ByStem.TryGetValue(stem, out var words) ? words : [];
}
