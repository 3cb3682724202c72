using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Files;

/// <summary>The few file operations whose failure must be seen. .NET's own flushes swallow errors. Tests inject faults here.</summary>
internal interface INativeFile
{
    /// <summary>Allocates real blocks for the whole length.</summary>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    void Preallocate(SafeFileHandle file, long length);

    /// <summary>Writes all bytes at the offset.</summary>
    void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Forces the content of the file, mapped pages included, to the disk.</summary>
    void SyncData(SafeFileHandle file);

    /// <summary>Forces mapped pages to the disk, and no others: pages ahead of the records stay writable without a fault.</summary>
    void SyncMapped(nint pages, long length);

    /// <summary>Forces names to the disk: created, renamed and deleted files.</summary>
    void SyncDirectory(string directory);

    /// <summary>Whether preallocated blocks stay behind a mapping on the file system of the directory.</summary>
    bool KeepsMappedBlocks(string directory);
}
