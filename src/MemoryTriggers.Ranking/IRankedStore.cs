namespace MemoryTriggers.Ranking;

/// <summary>
/// A store that ranks by <see cref="MemoryRanker"/>, or passes on to stores that do. The runtime tells it how, before the first search.
/// </summary>
internal interface IRankedStore
{
    /// <summary>Whether a search finds only memories that have a word of the question: not where a store below finds by meaning.</summary>
    bool FindsByWords => true;

    void RankBy(MemoryRanking ranking);
}
