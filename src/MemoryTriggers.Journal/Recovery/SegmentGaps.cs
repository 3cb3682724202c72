namespace MemoryTriggers.Journal;

/// <summary>Segments that should be there and are not: numbers are given one after the other, and only acknowledged ones go.</summary>
internal static class SegmentGaps
{
    /// <param name="present">The numbers of the files of a lane, readable or not.</param>
    /// <param name="acknowledged">How far the lane is acknowledged; 0 when that is not known.</param>
    /// <returns>The first and the last number of each gap.</returns>
    public static IReadOnlyList<(ulong First, ulong Last)> Find(IEnumerable<ulong> present, ulong acknowledged)
    {
        var gaps = new List<(ulong, ulong)>();
        var expected = acknowledged;
        foreach (var number in present.Where(number => number >= acknowledged).Distinct().Order())
        {
            if (expected != 0 && number > expected) gaps.Add((expected, number - 1));
            expected = number + 1;
        }

        if (acknowledged != 0 && expected == acknowledged) gaps.Add((acknowledged, acknowledged));
        return gaps;
    }
}
