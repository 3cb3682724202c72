namespace MemoryTriggers.Validation;

/// <summary>Finds the intended name of a mistyped one.</summary>
internal static class NearestName
{
    private const int MaxLength = 64;
    private const int MaxKnown = 1_000;
    private const int MaxListed = 20;
    private const int ShortestSlip = 4;
    private const int LongName = 12;

    /// <returns><c>; did you mean 'x'?</c>, or what is allowed when nothing is near.</returns>
    public static string Hint(string given, IReadOnlyList<string> known) => Find(given, known) is { } best
        ? $"; did you mean '{best}'?"
        : $"; known are {string.Join(", ", known.Take(MaxListed))}{(known.Count > MaxListed ? ", ..." : "")}";

    /// <summary>The known name that was probably meant, or <see langword="null"/>.</summary>
    public static string? Find(string given, IReadOnlyList<string> known)
    {
        var (best, distance) = Nearest(given, known);
        return best is null || distance > Math.Max(2, best.Length / 3) ? OfOneWord(given, known) : best;
    }

    /// <summary>
    /// The known name that the given one is a slip of: one letter added, left out, changed, or two exchanged; in long names, two such
    /// slips. For names that may also be others.
    /// </summary>
    /// <returns><see langword="null"/> when the given name is known, or a name of its own.</returns>
    public static string? SlipOf(string given, IReadOnlyCollection<string> known)
    {
        if (known.Contains(given)) return null;
        var (best, distance) = Nearest(given, known);
        return best is { Length: >= ShortestSlip } && distance <= (best.Length >= LongName ? 2 : 1) ? best : null;
    }

    private static (string? Name, int Distance) Nearest(string given, IEnumerable<string> known) => given.Length > MaxLength
        ? (null, int.MaxValue)
        : known.Take(MaxKnown).Select(name => ((string?)name, Distance(given.ToLowerInvariant(), name.ToLowerInvariant())))
            .DefaultIfEmpty((null, int.MaxValue)).MinBy(static found => found.Item2);

    // A part of a name is often taken for the whole: "workflow" for "workflow_completion".
    private static string? OfOneWord(string given, IReadOnlyList<string> known) => given.Length < ShortestSlip
        ? null
        : known.FirstOrDefault(name => name.Split('_').Contains(given, StringComparer.OrdinalIgnoreCase));

    // Exchanged neighbors are one slip, too (optimal string alignment).
    private static int Distance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var next = new int[right.Length + 1];
            next[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = row[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                next[j] = Math.Min(Math.Min(row[j], next[j - 1]) + 1, changed);
                var isExchanged = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (isExchanged) next[j] = Math.Min(next[j], before[j - 2] + 1);
            }

            (before, row) = (row, next);
        }

        return row[^1];
    }
}
