using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Files;

/// <summary>An open file of the machine.</summary>
internal sealed class SystemDiskFile(SafeFileHandle handle, INativeFile native) : IDiskFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> bytes, long offset)
    {
        var read = 0;

        while (read < bytes.Length && RandomAccess.Read(handle, bytes[read..], offset + read) is > 0 and var more)
            read += more;

        return read;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => native.Write(handle, bytes, offset);

    public void Preallocate(long length) => native.Preallocate(handle, length);

    public void SyncData() => native.SyncData(handle);

    public IDiskMapping Map(long length) => new SystemDiskMapping(handle, length, native);

    public void Dispose() => handle.Dispose();
}
