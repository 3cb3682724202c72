using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Files;

/// <summary>A mapping of the machine. A page past the end of its file kills the process that touches it.</summary>
internal sealed unsafe class SystemDiskMapping : IDiskMapping
{
    private const int PopulateWrite = 23;
    private const int PageBytes = 4096;

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly INativeFile _native;
    private readonly long _length;

    public SystemDiskMapping(SafeFileHandle file, long length, INativeFile native)
    {
        (_native, _length) = (native, length);
        _map = MemoryMappedFile.CreateFromFile(file, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None,
            leaveOpen: true);
        _view = _map.CreateViewAccessor(0, length, MemoryMappedFileAccess.ReadWrite);

        byte* address = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        Memory = address + _view.PointerOffset;
    }

    public byte* Memory { get; private set; }

    public void Touch()
    {
        // One call for all pages, where the system has it (Linux 5.14); else a fault for each.
        if (NativeMethods.AdviseMemory((nint)Memory, (nuint)_length, PopulateWrite) == 0)
            return;

        for (long at = 0; at < _length; at += PageBytes)
            Memory[at] = Memory[at];
    }

    public void Sync(long offset, long length) => _native.SyncMapped((nint)(Memory + offset), length);

    public void Dispose()
    {
        Memory = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
