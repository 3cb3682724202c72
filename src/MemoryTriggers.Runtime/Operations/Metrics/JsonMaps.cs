namespace MemoryTriggers.Operations;

/// <summary>Objects of JSON whose keys are data. The order of the keys is fixed; of two items with one key the later one counts.</summary>
internal static class JsonMaps
{
    public static IReadOnlyDictionary<string, TJson> Of<T, TJson>(IEnumerable<T> items, Func<T, string> key, Func<T, TJson> json)
    {
        var map = new OrderedDictionary<string, TJson>(StringComparer.Ordinal);
        foreach (var item in items) map[key(item)] = json(item);
        return map;
    }

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, long> Counts<TKey>(IReadOnlyDictionary<TKey, long> counts, Func<TKey, string> name) =>
        Of(counts.OrderBy(count => name(count.Key), StringComparer.Ordinal), count => name(count.Key), static count => count.Value);
}
