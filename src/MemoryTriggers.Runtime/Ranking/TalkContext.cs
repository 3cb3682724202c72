namespace MemoryTriggers.Ranking;

/// <summary>
/// What stands beside a turn of a talk. An answer has the words of its question in the turn before it, and what somebody means by <c>it</c> is seldom far away.
/// </summary>
/// <param name="options">What each counts. No longer changed.</param>
internal sealed class TalkContext(TalkOptions options)
{
    /// <summary>How many turns to each side count.</summary>
    public const int Reach = 2;

    /// <summary>The turns before and after each candidate, by their numbers; -1 where there is none.</summary>
    public (int Before, int After)[] Neighbors<T>(IReadOnlyList<SearchCandidate<T>> candidates)
    {
        var neighbors = new (int Before, int After)[candidates.Count];
        Array.Fill(neighbors, (-1, -1));
        foreach (var talk in Enumerable.Range(0, candidates.Count).Where(i => candidates[i].Text.Turn is not null).GroupBy(i => candidates[i].Talk))
        {
            int[] order = [.. talk.OrderBy(i => candidates[i].CreatedAt).ThenBy(i => candidates[i].Position)];
            for (var i = 1; i < order.Length; i++)
            {
                if (!AreBeside(candidates[order[i - 1]], candidates[order[i]])) continue;
                neighbors[order[i - 1]].After = order[i];
                neighbors[order[i]].Before = order[i - 1];
            }
        }

        return neighbors;
    }

    // A talk that is known may rest for days; of others only the time tells where one ends.
    private bool AreBeside<T>(SearchCandidate<T> one, SearchCandidate<T> next) =>
        next.Position - one.Position == 1 && (one.Talk is not null || next.CreatedAt - one.CreatedAt <= options.Window.Ticks);

    /// <summary>What the turns beside one have of each term, each for a part; <see langword="null"/> when there are none.</summary>
    /// <param name="index">The number of the turn.</param>
    /// <param name="candidates">All turns.</param>
    /// <param name="neighbors">What stands beside each.</param>
    /// <param name="own">What each has itself.</param>
    public double[]? Of<T>(int index, IReadOnlyList<SearchCandidate<T>> candidates, (int Before, int After)[] neighbors, double[][] own)
    {
        var (before, after) = neighbors[index];
        if (before < 0 && after < 0) return null;

        var sums = new double[own[index].Length];
        if (before >= 0)
        {
            Add(before, candidates[before].Text.Turn!.IsQuestion ? options.QuestionWeight : options.BeforeWeight);
            Add(neighbors[before].Before, options.SecondWeight);
        }

        if (after >= 0)
        {
            Add(after, options.AfterWeight);
            Add(neighbors[after].After, options.SecondWeight);
        }

        return sums;

        void Add(int other, double weight)
        {
            if (other < 0) return;
            for (var i = 0; i < sums.Length; i++) sums[i] += weight * own[other][i];
        }
    }
}
