using System.Security.Cryptography;
using MemoryTriggers.Files;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>
/// One file of letters, to which each is appended. One that is taken away is overwritten with zeros; when most of the file is such, it is
/// written again without them. Changed under the lock of all processes; read at any time. One thread at a time.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="disk">The disk that holds it.</param>
/// <param name="time">The clock.</param>
internal sealed class LetterFile(string path, IDisk disk, TimeProvider time)
{
    private const long LeastWaste = 64 * 1024;
    private const string TemporaryExtension = ".tmp";
    private readonly Dictionary<string, LetterFrame> _letters = new(StringComparer.Ordinal);
    // Older versions of a letter that a process has left when it ended while it replaced them.
    private readonly List<LetterFrame> _stale = [];
    private LetterHeader _known;
    private long _live;

    /// <summary>The ids of the letters that can be read.</summary>
    public IReadOnlyCollection<string> Ids => _letters.Keys;

    /// <summary>What is wrong with the file: it is to be repaired.</summary>
    public string? Damage { get; private set; }

    public bool Has(string id) => _letters.ContainsKey(id);

    /// <summary>Learns what other processes have changed.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public void Refresh()
    {
        if (SetAside.Misfit(path, disk) is { } misfit)
        {
            Forget(misfit);
            return;
        }

        using var file = TryOpen();
        if (file is null)
        {
            Forget(null);
            return;
        }

        var walk = new LetterWalk(file);
        if (Header(file) is not { } header)
        {
            Forget(file.Length == 0 ? null : "has no head that can be read");
            if (Damage is not null) Learn(walk, LetterHeader.Length, file.Length);
            return;
        }

        if (header == _known) return;
        var isSame = (header.Generation, header.Removals) == (_known.Generation, _known.Removals) && header.End >= _known.End;
        if (!isSame) Forget(null);
        Learn(walk, isSame ? _known.End : LetterHeader.Length, header.End);
        Damage ??= walk.Damage;
        _known = header;
    }

    /// <summary>The content of letters, without those that are not there any more.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public IEnumerable<(string Id, byte[] Content)> Read(IEnumerable<string> ids)
    {
        using var file = TryOpen();
        if (file is null) yield break;
        var walk = new LetterWalk(file);
        foreach (var id in ids)
        {
            if (_letters.TryGetValue(id, out var frame) && walk.Payload(frame) is { } payload)
                yield return (id, LetterFrame.Content(payload.Span).ToArray());
        }

        Damage ??= walk.Damage;
    }

    /// <summary>Adds a letter, or replaces the one of that id. Returns when it is on disk.</summary>
    /// <exception cref="IOException">The disk refused: it counts as not added.</exception>
    public void Add(string id, ReadOnlySpan<byte> content)
    {
        if (_known.Generation == 0)
        {
            Write(id, content);
            return;
        }

        var (frame, bytes) = LetterFrame.Make(_known.End, id, content);
        using var file = disk.Open(path, FileMode.Open);
        file.Write(bytes, frame.At);
        file.SyncData();
        Change(file, _known with { Sequence = _known.Sequence + 1, End = frame.End });
        Put(id, frame);
        if (_stale.Count > 0) Erase(file, []);
    }

    /// <summary>Takes letters away. Returns when they are overwritten.</summary>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public int Remove(IEnumerable<string> ids)
    {
        var there = ids.Where(_letters.ContainsKey).Distinct(StringComparer.Ordinal).ToList();
        if (there.Count == 0) return 0;
        using (var file = disk.Open(path, FileMode.Open)) Erase(file, there);
        if (_letters.Count == 0) Delete();
        else if (_known.End - LetterHeader.Length - _live is var waste && waste > LeastWaste && waste > _live) TryShrink();
        return there.Count;
    }

    /// <summary>Gives the damaged file another name, and writes the letters that can be read to a new one.</summary>
    /// <returns>The new name of the damaged one.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public string Repair() => Write(null, [], isRepair: true);

    private IDiskFile? TryOpen()
    {
        try
        {
            return disk.FileExists(path) ? disk.Open(path, FileMode.Open) : null;
        }
        catch (FileNotFoundException)
        {
            // The last letter was taken away at this moment.
            return null;
        }
    }

    private static LetterHeader? Header(IDiskFile file)
    {
        Span<byte> start = stackalloc byte[LetterHeader.Length];
        return LetterHeader.Read(start[..file.Read(start, 0)]);
    }

    private void Forget(string? damage)
    {
        _letters.Clear();
        _stale.Clear();
        (_known, _live, Damage) = (default, 0, damage);
    }

    private void Learn(LetterWalk walk, long from, long end)
    {
        foreach (var (frame, id) in walk.Read(from, end)) Put(id, frame);
    }

    private void Put(string id, LetterFrame frame)
    {
        if (_letters.TryGetValue(id, out var older)) _stale.Add(older);
        _letters[id] = frame;
        _live += frame.Size;
    }

    private void Change(IDiskFile file, LetterHeader header)
    {
        header.Write(file);
        file.SyncData();
        _known = header;
    }

    // In this order: of a letter that is partly overwritten it is known that it was taken away.
    private void Erase(IDiskFile file, List<string> ids)
    {
        List<LetterFrame> frames = [.. _stale, .. ids.Select(id => _letters[id])];
        foreach (var frame in frames) frame.Strike(file);
        Change(file, _known with { Sequence = _known.Sequence + 1, Removals = _known.Removals + 1 });
        foreach (var id in ids) _letters.Remove(id);
        _stale.Clear();
        foreach (var frame in frames)
        {
            frame.Erase(file);
            _live -= frame.Size;
        }

        file.SyncData();
    }

    private void Delete()
    {
        try
        {
            disk.Delete(path + TemporaryExtension);
            disk.Delete(path);
            disk.SyncDirectory(Path.GetDirectoryName(path)!);
            Forget(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has no letter any more, and is the file for the next one.
        }
    }

    private void TryShrink()
    {
        try
        {
            Write(null, []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is only larger than it has to be; the next removal tries again.
        }
    }

    private string Write(string? id, ReadOnlySpan<byte> content, bool isRepair = false)
    {
        DurableDirectory.Create(Path.GetDirectoryName(path)!, disk);
        var temporary = path + TemporaryExtension;
        if (SetAside.Misfit(temporary, disk) is not null) SetAside.Move(temporary, disk, time);
        var letters = new List<(string Id, LetterFrame Frame)>();
        LetterHeader header;
        try
        {
            using var copy = disk.Open(temporary, FileMode.Create);
            header = Copy(copy, id, content, letters);
            // What cannot be read stays where it is, until the file is repaired.
            if (!isRepair && letters.Count < _letters.Count) throw new IOException($"{path} is damaged");
            copy.SyncData();
        }
        catch (IOException)
        {
            // Half of a file would take the room that the next try needs.
            DurableFile.TryDelete(temporary, disk);
            throw;
        }

        var aside = isRepair ? SetAside.Move(path, disk, time) : "";
        DurableFile.Rename(temporary, path, disk);
        Forget(null);
        foreach (var (known, frame) in letters) Put(known, frame);
        _known = header;
        return aside;
    }

    private LetterHeader Copy(IDiskFile copy, string? id, ReadOnlySpan<byte> content, List<(string, LetterFrame)> letters)
    {
        var header = new LetterHeader(
            BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1, 1, 0, LetterHeader.Length);
        foreach (var (known, bytes) in Read(_letters.OrderBy(static letter => letter.Value.At).Select(static letter => letter.Key)))
            header = Append(copy, header, known, bytes, letters);
        if (id is not null) header = Append(copy, header, id, content, letters);
        header.Write(copy);
        return header;
    }

    private static LetterHeader Append(
        IDiskFile file, LetterHeader header, string id, ReadOnlySpan<byte> content, List<(string, LetterFrame)> letters)
    {
        var (frame, bytes) = LetterFrame.Make(header.End, id, content);
        file.Write(bytes, frame.At);
        letters.Add((id, frame));
        return header with { End = frame.End };
    }
}
