using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Journal;

/// <summary>
/// The bytes under a segment: a mapped file, a file without mapping, or native memory without file. The length never
/// changes while it is open, because a page past the end of its file kills the process that touches it.
/// </summary>
internal sealed unsafe class SegmentFile : IDisposable
{
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;

    private SegmentFile(string path, SafeFileHandle? handle, long length)
    {
        Path = path;
        Handle = handle;
        Length = length;
    }

    private SegmentFile(string path, SafeFileHandle handle, long length, MemoryMappedFile map)
        : this(path, handle, length)
    {
        _map = map;
        _view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.ReadWrite);

        byte* address = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        Memory = address + _view.PointerOffset;
    }

    public string Path { get; set; }

    public SafeFileHandle? Handle { get; }

    public long Length { get; }

    /// <summary>The mapping or the native memory; null when the file is written and read by calls.</summary>
    public byte* Memory { get; private set; }

    /// <summary>Whether the name of the file may not be on disk yet.</summary>
    public bool NameIsNew { get; set; }

    public static SegmentFile InMemory(long length)
    {
        var file = new SegmentFile("", null, length) { Memory = (byte*)NativeMemory.AlignedAlloc((nuint)length, SegmentHeader.Bytes) };
        new Span<byte>(file.Memory, (int)length).Clear();

        return file;
    }

    public static SegmentFile Create(string path, long length, bool mapped, INativeFile native)
    {
        var handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

        try
        {
            native.Preallocate(handle, length);
            var file = Open(path, handle, length, mapped);
            file.NameIsNew = true;

            return file;
        }
        catch (Exception)
        {
            // Whatever went wrong, a half-made segment must not stay: recovery would have to judge it.
            handle.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Opens an existing file; a mapping needs all its blocks, which the caller made sure of by preallocating.</summary>
    public static SegmentFile Open(string path, SafeFileHandle handle, long length, bool mapped)
    {
        if (!mapped)
            return new SegmentFile(path, handle, length);

        var map = MemoryMappedFile.CreateFromFile(
            handle, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        var file = new SegmentFile(path, handle, length, map);
        file.Touch();

        return file;
    }

    public void Dispose()
    {
        if (_view is not null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        else if (Memory is not null)
            NativeMemory.AlignedFree(Memory);

        Memory = null;
        _view?.Dispose();
        _map?.Dispose();
        Handle?.Dispose();
    }

    // A write fault of each page happens here, before any record may claim space in it.
    private void Touch()
    {
        for (long at = 0; at < Length; at += SegmentHeader.Bytes)
            Memory[at] = Memory[at];
    }
}
