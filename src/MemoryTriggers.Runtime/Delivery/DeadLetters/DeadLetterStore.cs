using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>
/// Records that could not be stored, a file each, so that they can be inspected and replayed. Without a directory they are kept in memory,
/// up to a bound. Used by the pump's thread; counting and listing from any.
/// </summary>
internal sealed class DeadLetterStore(string? directory, TimeProvider time, ILogger<DeadLetterStore> logger, IDisk disk,
    string? project = null)
{
    private const int MaxInMemory = 1_000;
    private readonly Lock _gate = new();
    private readonly List<DeadLetter> _inMemory = [];
    // Not the number of the process: in a container that is always the same, and a clock that is set back would make an old name again.
    private readonly string _process = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private long _serial;

    /// <summary>How many there are, readable or not. Reads no file.</summary>
    public int Count
    {
        get
        {
            if (directory is not null) return disk.DirectoryExists(directory) ? disk.Files(directory, ".json").Length : 0;
            lock (_gate) return _inMemory.Count;
        }
    }

    /// <summary>Keeps a record. Returns when it is on disk.</summary>
    /// <exception cref="IOException">It could not be kept; then it must stay in the journal.</exception>
    public void Add(ReadOnlySpan<byte> record, string reason, byte[]? definition = null)
    {
        var now = time.GetUtcNow();
        var letter = new DeadLetter
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmssfff}-{_process}-{Interlocked.Increment(ref _serial)}"),
            Reason = reason,
            At = now,
            Record = record.ToArray(),
            Definition = definition,
            Project = project,
        };
        if (directory is null) Keep(letter);
        else Write(letter, directory);
        Log.DeadLettered(logger, letter.Id, reason);
    }

    /// <summary>All of them, oldest first. A file that cannot be read is skipped with a warning.</summary>
    public IReadOnlyList<DeadLetter> List()
    {
        if (directory is null)
        {
            lock (_gate) return [.. _inMemory];
        }

        if (!disk.DirectoryExists(directory)) return [];
        return [.. disk.Files(directory, ".json").Select(Read).OfType<DeadLetter>()];
    }

    /// <summary>The letter of that id, or <see langword="null"/>.</summary>
    public DeadLetter? Get(string id)
    {
        if (directory is null)
        {
            lock (_gate) return _inMemory.Find(letter => letter.Id == id);
        }

        // An id that is no plain name, such as one with a path in it, names no letter.
        var path = Path.Combine(directory, id + ".json");
        return Path.GetDirectoryName(path) == directory && disk.FileExists(path) ? Read(path) : null;
    }

    /// <summary>Replaces the letter with the same id.</summary>
    /// <exception cref="IOException">It could not be written; the old one stays.</exception>
    public void Replace(DeadLetter letter)
    {
        if (directory is not null)
        {
            Write(letter, directory);
            return;
        }

        lock (_gate)
        {
            var place = _inMemory.FindIndex(known => known.Id == letter.Id);
            if (place >= 0) _inMemory[place] = letter;
        }
    }

    /// <summary>Takes a letter away.</summary>
    /// <returns><see langword="false"/> when another process was faster.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public bool Remove(DeadLetter letter)
    {
        if (directory is null)
        {
            lock (_gate) return _inMemory.RemoveAll(known => known.Id == letter.Id) > 0;
        }

        // The id is that of a letter that was listed here: it names a file of this folder and nothing else.
        // A rename has one winner; a deletion succeeds for all.
        var gone = Path.Combine(directory, $"{letter.Id}.{Path.GetRandomFileName()}.gone");
        try
        {
            disk.Move(Path.Combine(directory, letter.Id + ".json"), gone);
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        disk.Delete(gone);
        disk.SyncDirectory(directory);
        return true;
    }

    private void Keep(DeadLetter letter)
    {
        lock (_gate)
        {
            if (_inMemory.Count == MaxInMemory) throw new IOException("no room for another dead letter in memory");
            _inMemory.Add(letter);
        }
    }

    private void Write(DeadLetter letter, string directory)
    {
        DurableDirectory.Create(directory, disk);
        DurableFile.Replace(Path.Combine(directory, letter.Id + ".json"),
            JsonSerializer.SerializeToUtf8Bytes(letter, DeadLetterJson.Default.DeadLetter), disk);
    }

    private DeadLetter? Read(string path)
    {
        try
        {
            // By the name of its file, whatever the file says.
            return JsonSerializer.Deserialize(DurableFile.Read(path, disk), DeadLetterJson.Default.DeadLetter) is { } letter
                ? letter with { Id = Path.GetFileNameWithoutExtension(path) }
                : throw new JsonException("the file holds no letter");
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            Log.DeadLetterUnreadable(logger, Path.GetFileName(path), exception);
            return null;
        }
    }
}
