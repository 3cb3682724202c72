namespace MemoryTriggers.Validation;

/// <summary>Finds the intended name of a mistyped one.</summary>
internal static class NearestName
{
    private const int MaxLength = 64;
    private const int MaxKnown = 1_000;
    private const int MaxListed = 20;

    /// <returns><c>; did you mean 'x'?</c>, or what is allowed when nothing is near.</returns>
    public static string Hint(string given, IReadOnlyList<string> known)
    {
        var best = given.Length > MaxLength
            ? null
            : known.Take(MaxKnown).MinBy(name => Distance(given.ToLowerInvariant(), name.ToLowerInvariant()));
        return best is not null && Distance(given.ToLowerInvariant(), best.ToLowerInvariant()) <= Math.Max(2, best.Length / 3)
            ? $"; did you mean '{best}'?"
            : $"; known are {string.Join(", ", known.Take(MaxListed))}{(known.Count > MaxListed ? ", ..." : "")}";
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
