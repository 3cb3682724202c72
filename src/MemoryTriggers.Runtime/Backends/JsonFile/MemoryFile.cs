using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.Transfer;

namespace MemoryTriggers.Backends.JsonFile;

/// <summary>
/// The file itself: read whole, written whole (<see cref="DurableFile"/>): at any moment the old content is there, or the new one.
/// </summary>
internal sealed class MemoryFile(string path, IDisk disk, TimeProvider time)
{
    private const int HeadBytes = 64;

    public string Path => path;

    /// <summary>The revision that the first bytes tell; 0 when there is no file, and -1 when they tell none.</summary>
    public long Revision()
    {
        if (!disk.FileExists(path)) return 0;
        using var file = disk.Open(path, FileMode.Open);
        Span<byte> head = stackalloc byte[HeadBytes];
        var reader = new Utf8JsonReader(head[..file.Read(head, 0)], isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("revision"u8) && reader.Read())
                    return reader.GetInt64();
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // Damaged, or written by hand: reading it whole will tell.
        }

        return -1;
    }

    /// <summary>The content of the file; <see langword="null"/> when there is none. An entry that cannot be read is left out.</summary>
    /// <exception cref="JsonException">It is no such file.</exception>
    /// <exception cref="NotSupportedException">It has a newer format.</exception>
    public MemoryDocument? Read()
    {
        if (!disk.FileExists(path)) return null;
        using var json = JsonDocument.Parse(DurableFile.Read(path, disk));
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || !format.TryGetInt32(out var number))
            throw new JsonException("it has no format");
        if (number > MemoryDocument.CurrentFormat)
            throw new NotSupportedException($"it has format {number}; this version reads up to {MemoryDocument.CurrentFormat}");
        if (!root.TryGetProperty("entries", out var entries) || entries.ValueKind != JsonValueKind.Object)
            throw new JsonException("it has no entries");
        if (!root.TryGetProperty("revision", out var revision) || !revision.TryGetInt64(out var count))
            throw new JsonException("it has no revision");
        if (!root.TryGetProperty("updated_at", out var updated) || !updated.TryGetDateTimeOffset(out var at))
            throw new JsonException("it has no time");
        return Read(entries, new MemoryDocument
        {
            Format = number,
            Revision = count,
            UpdatedAt = at,
            Entries = new Dictionary<Guid, MemoryEntry>(),
        });
    }

    private static MemoryDocument Read(JsonElement entries, MemoryDocument document)
    {
        var (read, unreadable) = (new Dictionary<Guid, MemoryEntry>(), new List<string>());
        foreach (var property in entries.EnumerateObject())
        {
            try
            {
                var entry = MemoryLine.Read(property.Value);
                if (!Guid.TryParse(property.Name, out var id) || id != entry.Id) throw new FormatException("it does not fit its id.");
                read[id] = entry with { Value = entry.Value.Clone() };
            }
            catch (FormatException exception)
            {
                unreadable.Add($"{property.Name}: {exception.Message}");
            }
        }

        return document with { Entries = read, Unreadable = unreadable };
    }

    /// <summary>Copies the file to another name, before it is written without the entries that cannot be read.</summary>
    public string CopyAside()
    {
        var copy = FreeName();
        DurableFile.Replace(copy, DurableFile.Read(path, disk), disk);
        return copy;
    }

    /// <exception cref="IOException">The disk is full, or refuses; the old file is as it was.</exception>
    public void Write(MemoryDocument document) =>
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(document, MemoryJson.Readable.MemoryDocument), disk);

    /// <summary>Moves a file that cannot be read to another name, never over an older one.</summary>
    public string SetAside()
    {
        var free = FreeName();
        DurableFile.Rename(path, free, disk);
        return free;
    }

    private string FreeName()
    {
        var name = $"{path}.damaged-{time.GetUtcNow():yyyyMMddHHmmss}";
        var free = name;
        for (var number = 2; disk.FileExists(free); number++) free = $"{name}-{number}";
        return free;
    }
}
