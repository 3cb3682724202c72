using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Files;

internal static unsafe partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    internal static partial int Fallocate(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    internal static partial int SyncFileData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int SyncFile(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "msync", SetLastError = true)]
    internal static partial int SyncMemory(nint address, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "madvise")]
    internal static partial int AdviseMemory(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int StatFileSystem(string path, byte* buffer);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Stat(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("kernel32", EntryPoint = "FlushFileBuffers", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool FlushFileBuffers(SafeFileHandle file);
}
