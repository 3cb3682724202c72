using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>The times in the file.</summary>
internal static class SavedTimes
{
    /// <summary>Times of all keys of a limit that are written; the keys unused for longest are left out.</summary>
    public const int MaxTimes = 20_000;

    public static void Write(Utf8JsonWriter json, string name, IEnumerable<long> times)
    {
        json.WriteStartArray(name);
        foreach (var time in times) json.WriteNumberValue(time);
        json.WriteEndArray();
    }

    /// <summary>In order. A time in the future was written by a wrong clock: it would close a window for as long.</summary>
    public static long[] Read(JsonElement times, long now) =>
        [.. times.EnumerateArray().Select(static time => time.GetInt64()).Where(time => time <= now).Order()];
}
