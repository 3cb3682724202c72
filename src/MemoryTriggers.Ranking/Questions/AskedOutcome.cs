using System.Collections.Frozen;

namespace MemoryTriggers.Ranking;

/// <summary>What kind of end a question asks for, if it asks for one.</summary>
internal static class AskedOutcome
{
    private static readonly FrozenSet<string> Failure =
        Stems("fail failed failure error crash crashed exception broke broken wrong problem bug outage down");
    private static readonly FrozenSet<string> Success =
        Stems("succeed succeeded success successful fix fixed resolve resolved solve solved solution worked");
    private static readonly FrozenSet<string> Canceled = Stems("cancel canceled cancelled cancellation abort aborted");

    /// <returns><see langword="null"/> when it asks for none, or for several.</returns>
    public static TriggerOutcome? Of(IReadOnlyList<QuestionTerm> terms)
    {
        TriggerOutcome? asked = null;
        foreach (var stem in terms.Where(static term => term.Stems.Count == 1).Select(static term => term.Stems[0]))
        {
            TriggerOutcome? outcome = Failure.Contains(stem) ? TriggerOutcome.Failure
                : Success.Contains(stem) ? TriggerOutcome.Success
                : Canceled.Contains(stem) ? TriggerOutcome.Canceled
                : null;
            if (outcome is null) continue;
            if (asked is not null && asked != outcome) return null;
            asked = outcome;
        }

        return asked;
    }

    private static FrozenSet<string> Stems(string words) => words.Split(' ').Select(PorterStemmer.Stem).ToFrozenSet(StringComparer.Ordinal);
}
