using System.Runtime.InteropServices;
using MemoryTriggers.Circuits;

namespace MemoryTriggers.Policies;

/// <summary>
/// One limit as several processes count it: each sends its counts, in pieces of the window, and receives those of the others. Between two
/// exchanges each uses the last received counts. Not thread-safe: the caller holds the rule's lock.
/// </summary>
internal sealed class SharedLimit
{
    private const int MaxCounts = 50_000;
    private const int BucketsPerWindow = 60;
    private const long ShortestBucket = TimeSpan.TicksPerSecond;

    private readonly Dictionary<(Guid Key, long Bucket), Own> _own = [];
    private readonly Dictionary<Guid, Dictionary<(Guid Sender, long Bucket), SharedCount>> _others = [];
    private int _heard;

    /// <summary>The counts of other processes for a key within the window.</summary>
    public int CountOfOthers(ReadOnlySpan<char> key, long now)
    {
        if (_others.Count == 0 || !_others.TryGetValue(KeyDigest.IdOf(key), out var counts)) return 0;
        var sum = 0L;
        foreach (var count in counts.Values)
        {
            if (count.Until > now) sum += count.Count;
        }

        return (int)Math.Min(sum, int.MaxValue);
    }

    /// <summary>Counts one for the others. When it could not be sent for too long, it stays local.</summary>
    public void Count(ReadOnlySpan<char> key, long window, long now)
    {
        var length = Math.Max(ShortestBucket, window / BucketsPerWindow);
        var bucket = now - (now % length);
        var place = (KeyDigest.IdOf(key), bucket);
        if (_own.Count >= MaxCounts && !_own.ContainsKey(place)) return;
        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_own, place, out _);
        own = own with { Count = own.Count + 1, End = bucket + length, Window = window };
    }

    /// <summary>The counts that others do not know yet. Forgets expired ones.</summary>
    public void AddNews(string limit, long now, List<SharedCount> news)
    {
        foreach (var ((key, bucket), own) in _own)
        {
            if (own.End + own.Window <= now || own.Count == own.Told && own.End <= now) _own.Remove((key, bucket));
            else if (own.Count > own.Told) news.Add(new SharedCount(limit, key, bucket, own.End + own.Window, own.Count));
        }

        foreach (var (key, counts) in _others)
        {
            foreach (var (place, count) in counts)
            {
                if (count.Until <= now && counts.Remove(place)) _heard--;
            }

            if (counts.Count == 0) _others.Remove(key);
        }
    }

    /// <summary>The others know that now.</summary>
    public void Told(SharedCount news)
    {
        var place = (news.Key, news.Bucket);
        if (_own.TryGetValue(place, out var own)) _own[place] = own with { Told = Math.Max(own.Told, news.Count) };
    }

    /// <summary>The counts of another process.</summary>
    public void Hear(SharedCount news)
    {
        if (!_others.TryGetValue(news.Key, out var counts))
        {
            if (_heard >= MaxCounts) return;
            _others[news.Key] = counts = [];
        }

        if (counts.TryAdd((news.Sender, news.Bucket), news)) _heard++;
        else counts[(news.Sender, news.Bucket)] = news;
    }

    private record struct Own(int Count, int Told, long End, long Window);
}
