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

    /// <summary>The content of the file; <see langword="null"/> when there is none.</summary>
    /// <exception cref="JsonException">It is no such file.</exception>
    /// <exception cref="NotSupportedException">It has a newer format.</exception>
    public MemoryDocument? Read()
    {
        if (!disk.FileExists(path)) return null;
        var document = JsonSerializer.Deserialize(DurableFile.Read(path, disk), MemoryJson.Readable.MemoryDocument)
            ?? throw new JsonException("it is null");
        if (document.Format > MemoryDocument.CurrentFormat)
            throw new NotSupportedException($"it has format {document.Format}; this version reads up to {MemoryDocument.CurrentFormat}");
        if (document.Entries is null || document.Entries.Any(static entry => entry.Value is null || entry.Value.Id != entry.Key))
            throw new JsonException("an entry does not fit its id");
        return document;
    }

    /// <exception cref="IOException">The disk is full, or refuses; the old file is as it was.</exception>
    public void Write(MemoryDocument document) =>
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(document, MemoryJson.Readable.MemoryDocument), disk);

    /// <summary>Moves a file that cannot be read to another name, never over an older one.</summary>
    public string SetAside()
    {
        var name = $"{path}.damaged-{time.GetUtcNow():yyyyMMddHHmmss}";
        var free = name;
        for (var number = 2; disk.FileExists(free); number++) free = $"{name}-{number}";
        DurableFile.Rename(path, free, disk);
        return free;
    }
}
