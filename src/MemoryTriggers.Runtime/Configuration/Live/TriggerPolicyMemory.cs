using System.Text.Json;
using MemoryTriggers.Hooks;
using MemoryTriggers.Policies;
using MemoryTriggers.Ranking;

namespace MemoryTriggers.Configuration;

/// <summary>What a trigger policy remembers from one memory to the next. Bounded, and thread-safe.</summary>
internal sealed class TriggerPolicyMemory
{
    private const int MaxLines = 32;
    private const int MaxKeys = 10_000;

    private readonly Lock _gate = new();
    private RateWindow _rate = new();
    private readonly Queue<(Guid Id, HashSet<string> Words)> _lines = new(MaxLines);
    private readonly Dictionary<string, (Guid Id, DateTimeOffset At, TimeSpan Cooldown)> _last = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Greater when there is something new that a restart must not lose; 0 when there is nothing.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Whether the same was kept within the time. The same memory again is none: it comes again after a failure.</summary>
    public bool IsRepetition(MemoryEntry entry, TimeSpan cooldown)
    {
        if (cooldown == TimeSpan.Zero) return false;
        lock (_gate) return _last.TryGetValue(KeyOf(entry), out var last) && last.Id != entry.Id &&
            (entry.CreatedAt - last.At).Duration() < cooldown;
    }

    public bool HasRoom(int perMinute, long now)
    {
        lock (_gate) return _rate.HasRoom(perMinute, TimeSpan.TicksPerMinute, now);
    }

    /// <summary>Whether the line shares that part of its words with one of the last.</summary>
    public bool Resembles(MemoryEntry entry, double threshold)
    {
        var words = Words(entry);
        if (words.Count == 0) return false;
        lock (_gate) return _lines.Any(line => line.Id != entry.Id && Similarity(line.Words, words) >= threshold);
    }

    public void Add(MemoryEntry captured, MemoryEntry kept, long now, TimeSpan cooldown)
    {
        lock (_gate)
        {
            _version++;
            _rate.Add(now);
            if (_lines.Count == MaxLines) _lines.Dequeue();
            _lines.Enqueue((kept.Id, Words(captured)));
            if (cooldown == TimeSpan.Zero) return;
            if (_last.Count >= MaxKeys) Forget(captured.CreatedAt - cooldown);
            _last[KeyOf(captured)] = (captured.Id, captured.CreatedAt, cooldown);
        }
    }

    /// <summary>Adds what is to be saved to an object that is open.</summary>
    public void Save(Utf8JsonWriter json, DateTimeOffset now)
    {
        lock (_gate)
        {
            SavedTimes.Write(json, "kept", _rate.Times);
            json.WriteStartArray("last");
            foreach (var (key, (id, at, cooldown)) in _last.Where(last => last.Value.At + last.Value.Cooldown > now))
            {
                json.WriteStartObject();
                json.WriteString("key", key);
                json.WriteString("id", id);
                json.WriteString("at", at);
                json.WriteNumber("cooldown", cooldown.Ticks);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public void Restore(JsonElement saved, long now)
    {
        lock (_gate)
        {
            _version++;
            _rate = new RateWindow(SavedTimes.Read(saved.GetProperty("kept"), now));
            foreach (var last in saved.GetProperty("last").EnumerateArray())
                _last[last.GetProperty("key").GetString()!] = (
                    last.GetProperty("id").GetGuid(), last.GetProperty("at").GetDateTimeOffset(),
                    TimeSpan.FromTicks(last.GetProperty("cooldown").GetInt64()));
        }
    }

    // When nothing is old enough, all of it goes: something is stored twice rather than kept in mind for ever.
    private void Forget(DateTimeOffset before)
    {
        foreach (var key in _last.Where(last => last.Value.At < before).Select(static last => last.Key).ToList()) _last.Remove(key);
        if (_last.Count >= MaxKeys) _last.Clear();
    }

    private static HashSet<string> Words(MemoryEntry entry) => TextTokenizer.Split(entry.Content).ToHashSet(StringComparer.Ordinal);

    private static double Similarity(HashSet<string> one, HashSet<string> other)
    {
        var shared = one.Count(other.Contains);
        return (double)shared / (one.Count + other.Count - shared);
    }

    // Durations and counts differ each time; what remains says whether it is the same. A digest of it: the line itself is not to be kept.
    private static string KeyOf(MemoryEntry entry) => KeyDigest.TextOf($"{entry.Project}\0{entry.Key}\0{entry.Outcome}\0" +
        string.Create(entry.Content.Length, entry.Content, static (line, content) =>
        {
            for (var index = 0; index < line.Length; index++) line[index] = char.IsDigit(content[index]) ? '#' : content[index];
        }));
}
