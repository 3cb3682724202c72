namespace MemoryTriggers.Ranking;

/// <summary>
/// A store that ranks by <see cref="MemoryRanker"/>, or passes on to stores that do. The runtime tells it how, before the first search.
/// </summary>
internal interface IRankedStore
{
    void RankBy(MemoryRanking ranking);
}
