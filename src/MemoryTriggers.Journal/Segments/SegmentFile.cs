using System.Runtime.InteropServices;
using MemoryTriggers.Files;

namespace MemoryTriggers.Journal;

/// <summary>
/// The bytes under a segment: a mapped file, a file without mapping, or native memory without file. The length never
/// changes while it is open, because a page past the end of its file kills the process that touches it.
/// </summary>
internal sealed unsafe class SegmentFile : IDisposable
{
    private readonly IDiskMapping? _mapping;

    private SegmentFile(string path, IDiskFile? file, long length, IDiskMapping? mapping)
    {
        Path = path;
        OnDisk = file;
        Length = length;
        _mapping = mapping;
        Memory = mapping is null ? null : mapping.Memory;
    }

    public string Path { get; set; }

    /// <summary>The file; null in native memory.</summary>
    public IDiskFile? OnDisk { get; }

    public long Length { get; }

    /// <summary>The mapping or the native memory; null when the file is written and read by calls.</summary>
    public byte* Memory { get; private set; }

    /// <summary>Whether the name of the file may not be on disk yet.</summary>
    public bool NameIsNew { get; set; }

    public static SegmentFile InMemory(long length)
    {
        var file = new SegmentFile("", null, length, null)
        {
            Memory = (byte*)NativeMemory.AlignedAlloc((nuint)length, SegmentHeader.Bytes),
        };
        new Span<byte>(file.Memory, (int)length).Clear();

        return file;
    }

    /// <exception cref="IOException">There is one of that name, the disk is full, or refuses.</exception>
    public static SegmentFile Create(string path, long length, bool mapped, IDisk disk)
    {
        // Under another name until it has its length: an empty segment is never one that was being made.
        var making = JournalDirectory.Temporary(path);
        if (disk.KindOf(path) != PathKind.None)
            throw new IOException($"'{path}' exists already.");
        var onDisk = disk.Open(making, FileMode.Create);

        try
        {
            onDisk.Preallocate(length);
            disk.Move(making, path);
            var file = Open(path, onDisk, length, mapped);
            file.NameIsNew = true;

            return file;
        }
        catch (Exception)
        {
            // Whatever went wrong, a half-made segment must not stay: recovery would have to interpret it.
            onDisk.Dispose();
            disk.Delete(making);
            disk.Delete(path);
            throw;
        }
    }

    /// <summary>Opens an existing file; a mapping needs all its blocks, which the caller made sure of by preallocating.</summary>
    public static SegmentFile Open(string path, IDiskFile onDisk, long length, bool mapped)
    {
        var file = new SegmentFile(path, onDisk, length, mapped ? onDisk.Map(length) : null);
        // A write fault of each page happens here, before any record may claim space in it.
        file._mapping?.Touch();

        return file;
    }

    /// <summary>Forces a stretch of the mapping, from the start of a page on, to the disk.</summary>
    public void SyncMapped(long offset, long length) => _mapping!.Sync(offset, length);

    public void Dispose()
    {
        if (_mapping is null && Memory is not null)
            NativeMemory.AlignedFree(Memory);

        Memory = null;
        _mapping?.Dispose();
        OnDisk?.Dispose();
    }
}
