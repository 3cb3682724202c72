using MemoryTriggers.Ranking;

namespace MemoryTriggers.Duplicates;

/// <summary>The latest memories, by content. The oldest are evicted. Used by one thread at a time.</summary>
internal sealed class RecentMemories(DuplicateOptions options)
{
    private const int ComparedInGroup = 32;
    private readonly Dictionary<UInt128, RecentMemory> _exact = [];
    private readonly Dictionary<string, List<RecentMemory>> _groups = [];
    private readonly Dictionary<Guid, RecentMemory> _ids = [];
    private readonly Queue<RecentMemory> _order = [];

    /// <summary>The key by which a memory is compared.</summary>
    public RecentMemory Describe(MemoryEntry entry) => new(
        entry.Id,
        entry.CreatedAt,
        options.Window > TimeSpan.Zero ? MemoryFingerprint.Of(entry) : default,
        $"{entry.Project}\0{entry.Provenance.UserId}\0{entry.Category}\0{entry.Key}",
        options.Similarity is null ? [] : Words(entry.Content));

    /// <summary>The memory that this one repeats, or <see langword="null"/>. It may be itself, when it is stored again.</summary>
    public RecentMemory? FirstOf(RecentMemory memory) =>
        options.Window > TimeSpan.Zero && _exact.TryGetValue(memory.Fingerprint, out var first)
            && (memory.CreatedAt - first.CreatedAt).Duration() < options.Window
            ? first
            : null;

    /// <summary>The most similar memory that is similar enough, or <see langword="null"/>.</summary>
    public Guid? SimilarTo(RecentMemory memory)
    {
        if (options.Similarity is not { } threshold || !_groups.TryGetValue(memory.Group, out var group)) return null;

        var best = group.Where(other => other.Id != memory.Id).Select(other => (other.Id, Share: Share(memory.Words, other.Words)))
            .DefaultIfEmpty().MaxBy(static found => found.Share);
        return best.Share >= threshold ? best.Id : null;
    }

    public void Add(RecentMemory memory)
    {
        _ids[memory.Id] = memory;
        if (options.Window > TimeSpan.Zero) _exact[memory.Fingerprint] = memory;
        if (options.Similarity is not null)
        {
            if (!_groups.TryGetValue(memory.Group, out var group)) _groups[memory.Group] = group = [];
            group.RemoveAll(other => other.Id == memory.Id);
            if (group.Count == ComparedInGroup) group.RemoveAt(0);
            group.Add(memory);
        }

        _order.Enqueue(memory);
        while (_order.Count > options.MaxTracked) Remove(_order.Dequeue());
    }

    /// <summary>The one with that id, or <see langword="null"/> when it has fallen out.</summary>
    public RecentMemory? Knows(Guid id) => _ids.GetValueOrDefault(id);

    public void Forget(Guid id)
    {
        if (_ids.TryGetValue(id, out var memory)) Remove(memory);
    }

    /// <summary>Forgets one, so that nothing counts as its repeat any more.</summary>
    private void Remove(RecentMemory memory)
    {
        if (_ids.TryGetValue(memory.Id, out var latest) && latest == memory) _ids.Remove(memory.Id);
        if (_exact.TryGetValue(memory.Fingerprint, out var known) && known == memory) _exact.Remove(memory.Fingerprint);
        if (!_groups.TryGetValue(memory.Group, out var group)) return;
        group.Remove(memory);
        if (group.Count == 0) _groups.Remove(memory.Group);
    }

    private static int[] Words(string content)
    {
        var words = TextTokenizer.Split(content)
            .Select(static word => string.GetHashCode(PorterStemmer.Stem(word), StringComparison.Ordinal)).Distinct().ToArray();
        Array.Sort(words);
        return words;
    }

    // Jaccard's index: common words by all words.
    private static double Share(int[] one, int[] other)
    {
        if (one.Length == 0 || other.Length == 0) return 0;
        int common = 0, i = 0, j = 0;
        while (i < one.Length && j < other.Length)
        {
            if (one[i] == other[j]) (common, i, j) = (common + 1, i + 1, j + 1);
            else if (one[i] < other[j]) i++;
            else j++;
        }

        return (double)common / (one.Length + other.Length - common);
    }
}
