namespace MemoryTriggers.Errors;

/// <summary>One error, as far as this process knows it. Used under the lock of its index.</summary>
internal sealed class KnownError(string project, ErrorFingerprint fingerprint)
{
    private const int Remembered = 64;
    private readonly Queue<Guid> _latest = [];
    private readonly List<RecalledResolution> _resolutions = [];
    private readonly List<RecalledResolution> _coincidences = [];
    private long _all;
    private long _echoes;
    private DateTimeOffset _firstSeen = DateTimeOffset.MaxValue;
    private DateTimeOffset _lastSeen = DateTimeOffset.MinValue;

    public string Project => project;

    public ErrorFingerprint Fingerprint => fingerprint;

    /// <summary>How often it was seen.</summary>
    public long Count => MemoryErrorReader.Occurrences(_all, _echoes);

    public void Saw(MemoryEntry entry)
    {
        if (_latest.Contains(entry.Id)) return;
        if (_latest.Count == Remembered) _latest.Dequeue();
        _latest.Enqueue(entry.Id);
        _all += entry.Occurrences;
        if (MemoryErrorReader.IsEcho(entry)) _echoes += entry.Occurrences;
        if (entry.CreatedAt < _firstSeen) _firstSeen = entry.CreatedAt;
        var last = entry.LastSeenAt ?? entry.CreatedAt;
        if (last > _lastSeen) _lastSeen = last;
    }

    public void WasResolvedBy(RecalledResolution resolution, int most) => Add(_resolutions, resolution, most);

    public void WasCoincidentWith(RecalledResolution success, int most) => Add(_coincidences, success, most);

    public void IsNotLinkedTo(Guid memory)
    {
        _resolutions.RemoveAll(known => known.Id == memory);
        _coincidences.RemoveAll(known => known.Id == memory);
    }

    public RecalledError ToRecalled(ErrorFingerprint which, int most) =>
        new(which, Count, _firstSeen, _lastSeen, [.. _resolutions.Take(most)]) { Coincidences = [.. _coincidences.Take(most)] };

    private static void Add(List<RecalledResolution> links, RecalledResolution link, int most)
    {
        links.RemoveAll(known => known.Id == link.Id);
        links.Add(link);
        links.Sort(static (one, other) => other.At.CompareTo(one.At));
        if (links.Count > most) links.RemoveAt(most);
    }
}
