using System.Text;
using System.Text.Json;

namespace MemoryTriggers;

/// <summary>Makes the report on memories that are shown to it one by one.</summary>
internal sealed class MemoryCounter
{
    private readonly Dictionary<string, long> _categories = [];
    private readonly Dictionary<string, long> _projects = [];
    private readonly Dictionary<TriggerOutcome, long> _outcomes = [];
#if NET
    private readonly Dictionary<DateOnly, long> _days = [];
#endif
    private long _total;
    private long _occurrences;
    private long _superseded;
    private long _bytes;
    private DateTimeOffset? _oldest;
    private DateTimeOffset? _newest;

    /// <summary>Reads everything that matches.</summary>
    public static async ValueTask<MemoryStatistics> CountAsync(IMemoryBackend backend, MemoryQuery query,
        CancellationToken cancellationToken)
    {
        var counter = new MemoryCounter();
        await foreach (var entry in backend.ReadAllAsync(query, cancellationToken).ConfigureAwait(false)) counter.Add(entry);
        return counter.ToStatistics();
    }

    public void Add(MemoryEntry entry)
    {
        _total++;
        _occurrences += entry.Occurrences;
        if (entry.SupersededBy is not null) _superseded++;
        Count(_categories, entry.Category);
        Count(_projects, entry.Project);
        Count(_outcomes, entry.Outcome);
#if NET
        Count(_days, DateOnly.FromDateTime(entry.CreatedAt.UtcDateTime));
#endif
        _bytes += Encoding.UTF8.GetByteCount(entry.Content) + Encoding.UTF8.GetByteCount(entry.Key) + Size(entry.Value);
        if (_oldest is null || entry.CreatedAt < _oldest) _oldest = entry.CreatedAt;
        if (_newest is null || entry.CreatedAt > _newest) _newest = entry.CreatedAt;
    }

    public MemoryStatistics ToStatistics() => new()
    {
        Total = _total,
        Occurrences = _occurrences,
        Superseded = _superseded,
        ByCategory = _categories,
        ByProject = _projects,
        ByOutcome = _outcomes,
#if NET
        ByDay = _days,
#endif
        Bytes = _bytes,
        Oldest = _oldest,
        Newest = _newest,
    };

    private static void Count<T>(Dictionary<T, long> counts, T name)
        where T : notnull => counts[name] = counts.GetValueOrDefault(name) + 1;

    private static int Size(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? 2 : Encoding.UTF8.GetByteCount(value.GetRawText());
}
