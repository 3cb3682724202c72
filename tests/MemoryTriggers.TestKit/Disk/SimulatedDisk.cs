using MemoryTriggers.Files;

namespace MemoryTriggers.TestKit.Disk;

/// <summary>
/// A disk in memory, for one life of a process. It can be full, refuse a sync or a write once, and stop in the middle of an operation:
/// then it keeps what was there at that moment, and nothing after.
/// </summary>
internal sealed class SimulatedDisk : IDisk
{
    private readonly SortedDictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = ["/"];
    private readonly HashSet<string> _locked = [];
    private readonly bool _keepsMappedBlocks;
    private SimulatedDisk? _atTheEnd;
    private int _operations;

    public SimulatedDisk(bool keepsMappedBlocks) => _keepsMappedBlocks = keepsMappedBlocks;

    /// <summary>The bytes of all files together; more are refused.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    public int SyncsToFail { get; set; }

    public int WritesToFail { get; set; }

    /// <summary>Of whole segments.</summary>
    public int ReadsToFail { get; set; }

    public bool RefusesToDelete { get; set; }

    /// <summary>Its clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The operation, counted from now, in which everything ends.</summary>
    public int? EndsAfter { get; set; }

    /// <summary>Whether the process that uses it is gone. What it still does has no effect.</summary>
    public bool HasEnded => _atTheEnd is not null;

    /// <summary>Ends the process now.</summary>
    public void End() => _atTheEnd ??= Copy(static file => file.AfterKill());

    /// <summary>The disk as the next process finds it, the machine having run on.</summary>
    public SimulatedDisk AfterKill() => _atTheEnd!;

    /// <summary>The disk as the next process finds it, the machine having lost its power. Each name that was not synced is the old one or the new one.</summary>
    public SimulatedDisk AfterPowerLoss(Random random)
    {
        var end = _atTheEnd!;
        var disk = new SimulatedDisk(_keepsMappedBlocks) { Capacity = Capacity, Time = Time };
        disk._folders.UnionWith(end._folders);
        var seen = new HashSet<SimulatedFile>();
        foreach (var name in end._names.Keys.Union(end._durableNames.Keys).Order(StringComparer.Ordinal))
        {
            var now = end._names.GetValueOrDefault(name);
            var before = end._durableNames.GetValueOrDefault(name);
            var chosen = ReferenceEquals(now, before) || random.Next(2) == 0 ? now : before;
            // A renamed file has one of its names.
            if (chosen is null || !seen.Add(chosen)) continue;
            disk._names[name] = disk._durableNames[name] = chosen.AfterPowerLoss(random);
        }

        return disk;
    }

    /// <summary>A line for each file of a folder: its name, and up to which sector it is not zero.</summary>
    public IEnumerable<string> Describe(string directory) =>
        _names.Where(entry => Path.GetDirectoryName(entry.Key) == directory).Select(static entry =>
            $"    {Path.GetFileName(entry.Key)}: {(entry.Value.Content.AsSpan().LastIndexOfAnyExcept((byte)0) / SimulatedFile.SectorBytes) + 1} sectors of {entry.Value.Length} bytes");

    public IDiskFile Open(string path, FileMode mode)
    {
        Operate();
        if (!_names.TryGetValue(path, out var file))
        {
            if (mode == FileMode.Open) throw new FileNotFoundException("there is no such file", path);
            _names[path] = file = new SimulatedFile { WrittenAt = Time.GetUtcNow() };
        }
        else if (mode == FileMode.CreateNew)
        {
            throw new IOException("there is a file of that name");
        }
        else if (mode == FileMode.Create)
        {
            file.Truncate();
        }

        return new OpenFile(this, file);
    }

    public IDisposable Lock(string path)
    {
        Operate();
        if (!_locked.Add(path)) throw new IOException("another process has it") { HResult = 11 };
        return new Held(() => _locked.Remove(path));
    }

    public void Move(string from, string to)
    {
        Operate();
        if (!_names.Remove(from, out var file)) throw new FileNotFoundException("there is no such file", from);
        _names[to] = file;
    }

    public void Delete(string path)
    {
        Operate();
        if (RefusesToDelete) throw new IOException("Read-only file system");
        _names.Remove(path);
    }

    public bool FileExists(string path) => _names.ContainsKey(path);

    public bool DirectoryExists(string path) => _folders.Contains(path);

    public string[] Files(string directory, string ending) =>
        [.. _names.Keys.Where(path => Path.GetDirectoryName(path) == directory && path.EndsWith(ending, StringComparison.Ordinal))];

    public DiskFileFacts Facts(string path) =>
        _names.TryGetValue(path, out var file) ? new DiskFileFacts(file.Length, file.WrittenAt) : throw new FileNotFoundException("there is no such file", path);

    public void CreateDirectory(string path) => _folders.Add(path);

    public void SyncDirectory(string directory)
    {
        Operate();
        FailWhenAsked(null);
        foreach (var name in _durableNames.Keys.Where(path => Path.GetDirectoryName(path) == directory).ToList()) _durableNames.Remove(name);
        foreach (var (name, file) in _names.Where(entry => Path.GetDirectoryName(entry.Key) == directory)) _durableNames[name] = file;
    }

    public bool KeepsMappedBlocks(string directory) => _keepsMappedBlocks;

    private void Operate()
    {
        _operations++;
        if (EndsAfter is { } end && --end >= 0) EndsAfter = end;
        if (EndsAfter == 0) End();
        if (HasEnded) throw new IOException("the process is gone");
    }

    private void FailWhenAsked(SimulatedFile? file)
    {
        if (SyncsToFail == 0) return;
        SyncsToFail--;
        file?.FailSync();
        throw new IOException("fdatasync failed: Input/output error (5)");
    }

    private void Reserve(SimulatedFile file, long length)
    {
        var more = length - file.Length;
        if (more > 0 && _names.Values.Sum(static each => each.Length) + more > Capacity) throw new IOException("No space left on device");
    }

    private SimulatedDisk Copy(Func<SimulatedFile, SimulatedFile> copy)
    {
        var copies = new Dictionary<SimulatedFile, SimulatedFile>(ReferenceEqualityComparer.Instance);
        SimulatedFile Of(SimulatedFile file) => copies.TryGetValue(file, out var known) ? known : copies[file] = copy(file);
        var disk = new SimulatedDisk(_keepsMappedBlocks) { Capacity = Capacity, Time = Time };
        disk._folders.UnionWith(_folders);
        foreach (var (name, file) in _names) disk._names[name] = Of(file);
        foreach (var (name, file) in _durableNames) disk._durableNames[name] = Of(file);
        return disk;
    }

    private sealed class OpenFile(SimulatedDisk disk, SimulatedFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> bytes, long offset)
        {
            if (disk.ReadsToFail > 0 && file.Length == JournalOptions.MinSegmentBytes)
            {
                disk.ReadsToFail--;
                throw new IOException("Input/output error");
            }

            var count = (int)Math.Clamp(file.Length - offset, 0, bytes.Length);
            file.Content.AsSpan((int)Math.Min(offset, file.Length), count).CopyTo(bytes);
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (disk.EndsAfter == 1)
            {
                // The process dies in the middle of it.
                file.Write(bytes[..(bytes.Length / 2)], offset);
            }

            disk.Operate();
            disk.Reserve(file, offset + bytes.Length);
            if (disk.WritesToFail > 0)
            {
                disk.WritesToFail--;
                file.Write(bytes[..(bytes.Length / 2)], offset);
                throw new IOException("Input/output error");
            }

            file.Write(bytes, offset);
            file.WrittenAt = disk.Time.GetUtcNow();
        }

        public void Preallocate(long length)
        {
            disk.Operate();
            disk.Reserve(file, length);
            file.Grow(length);
        }

        public void SyncData() => Sync(0, file.Length);

        public IDiskMapping Map(long length)
        {
            disk.Operate();
            return new Mapping(this, file);
        }

        public void Sync(long offset, long length)
        {
            disk.Operate();
            disk.FailWhenAsked(file);
            file.Sync(offset, length);
        }

        public void Dispose()
        {
        }
    }

    private sealed unsafe class Mapping(OpenFile open, SimulatedFile file) : IDiskMapping
    {
        public byte* Memory => file.Address;

        public void Touch() => file.MakeDirty();

        public void Sync(long offset, long length) => open.Sync(offset, length);

        public void Dispose()
        {
        }
    }

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
