namespace MemoryTriggers.Ranking;

/// <summary>
/// The lines beside a line of a conversation. An answer has the words of its question in the line before it, and what <c>it</c> means is
/// seldom far away.
/// </summary>
/// <param name="options">What each counts. No longer changed.</param>
internal sealed class ConversationContext(ConversationOptions options)
{
    /// <summary>How many lines to each side count.</summary>
    public const int Reach = 2;

    /// <summary>
    /// The lines before and after each candidate, by their numbers; -1 where there is none. What names no speaker is a line, too, when
    /// its session, entity or trace is that of others.
    /// </summary>
    public (int Before, int After)[] Neighbors<T>(IReadOnlyList<SearchCandidate<T>> candidates)
    {
        var neighbors = new (int Before, int After)[candidates.Count];
        Array.Fill(neighbors, (-1, -1));
        var lines = Enumerable.Range(0, candidates.Count)
            .Where(i => (candidates[i].Conversation, candidates[i].Text.Turn) is not (null, null));
        foreach (var conversation in lines.GroupBy(i => candidates[i].Conversation))
        {
            int[] order = [.. conversation.OrderBy(i => candidates[i].CreatedAt).ThenBy(i => candidates[i].Position)];
            for (var i = 1; i < order.Length; i++)
            {
                if (!AreBeside(candidates[order[i - 1]], candidates[order[i]])) continue;
                neighbors[order[i - 1]].After = order[i];
                neighbors[order[i]].Before = order[i - 1];
            }
        }

        return neighbors;
    }

    // A conversation with a key may pause for days; of others only the time tells where one ends.
    private bool AreBeside<T>(SearchCandidate<T> one, SearchCandidate<T> next) =>
        next.Position - one.Position == 1 && (one.Conversation is not null || next.CreatedAt - one.CreatedAt <= options.Window.Ticks);

    /// <summary>What the lines beside one have of each term, each for a part; <see langword="null"/> when there are none.</summary>
    /// <param name="index">The number of the line.</param>
    /// <param name="candidates">All lines.</param>
    /// <param name="neighbors">The lines beside each.</param>
    /// <param name="own">What each has itself.</param>
    public double[]? Of<T>(int index, IReadOnlyList<SearchCandidate<T>> candidates, (int Before, int After)[] neighbors, double[][] own)
    {
        var (before, after) = neighbors[index];
        if (before < 0 && after < 0) return null;

        var sums = new double[own[index].Length];
        if (before >= 0)
        {
            Add(before, candidates[before].Text.Turn is { IsQuestion: true } ? options.QuestionWeight : options.BeforeWeight);
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
