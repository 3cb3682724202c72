using System.Globalization;
using System.Text.Json;
using MemoryTriggers.Files;

namespace MemoryTriggers.Operations;

/// <summary>A file of metrics for each day, one JSON object a line.</summary>
internal sealed class MetricsHistoryFiles(string folder, TimeProvider time)
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Adds a line, and removes files that are too old.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Add(IReadOnlyList<(string Name, double Value)> metrics, int keptDays)
    {
        var now = time.GetUtcNow();
        PrivateFile.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{now.ToString(Day, CultureInfo.InvariantCulture)}.jsonl");
        using (var today = PrivateFile.Open(path, FileMode.Append, FileAccess.Write, FileShare.Read)) today.Write(Line(now, metrics));
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl"))
        {
            if (DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(file), Day, CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var day) &&
                day < DateOnly.FromDateTime(now.UtcDateTime).AddDays(-keptDays)) File.Delete(file);
        }
    }

    private static byte[] Line(DateTimeOffset now, IReadOnlyList<(string Name, double Value)> metrics)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("at", now);
            foreach (var (name, value) in metrics) json.WriteNumber(name, value);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
