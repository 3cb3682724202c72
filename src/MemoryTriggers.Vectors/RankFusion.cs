namespace MemoryTriggers.Vectors;

/// <summary>
/// One order from two, by places, since scores by words and by meaning cannot be compared: the sum of 1 / (60 + place), as in Cormack,
/// Clarke and Buettcher, "Reciprocal rank fusion" (2009).
/// </summary>
internal static class RankFusion
{
    private const double Constant = 60;

    /// <param name="byWords">Best first.</param>
    /// <param name="byMeaning">Best first.</param>
    public static IEnumerable<MemoryHit> Fuse(IReadOnlyList<MemoryHit> byWords,
        IReadOnlyList<(MemoryEntry Entry, float Similarity)> byMeaning)
    {
        var meant = byMeaning.Select(static (item, place) => (item.Entry.Id, item.Similarity, Place: place + 1))
            .ToDictionary(static item => item.Id);
        var said = byWords.Select(static hit => hit.Entry.Id).ToHashSet();
        return byWords
            .Select((hit, place) =>
                Both(hit, place + 1, meant.TryGetValue(hit.Entry.Id, out var near) ? (near.Place, near.Similarity) : null))
            .Concat(byMeaning.Where(item => !said.Contains(item.Entry.Id))
                .Select(item => ByMeaning(item.Entry, meant[item.Entry.Id].Place, item.Similarity)))
            .OrderByDescending(static hit => hit.Score)
            .ThenByDescending(static hit => hit.Entry.CreatedAt);
    }

    private static MemoryHit Both(MemoryHit hit, int place, (int Place, float Similarity)? near) => hit with
    {
        Score = Share(place) + (near is { } found ? Share(found.Place) : 0),
        Explanation = hit.Explanation with { WordRank = place, MeaningRank = near?.Place, Similarity = near?.Similarity },
    };

    private static MemoryHit ByMeaning(MemoryEntry entry, int place, float similarity) =>
        new(entry, Share(place), []) { Explanation = new MemoryExplanation { MeaningRank = place, Similarity = similarity } };

    private static double Share(int place) => 1 / (Constant + place);
}
