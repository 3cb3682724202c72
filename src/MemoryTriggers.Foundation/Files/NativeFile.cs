using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Files;

/// <summary>The operating system behind <see cref="INativeFile"/>, with every result checked.</summary>
internal sealed class NativeFile : INativeFile
{
    // File systems that write in place. Copy-on-write, network and unknown ones may need a new block for an old page.
    private const long Ext = 0xEF53;
    private const long Xfs = 0x58465342;
    private const long Tmpfs = 0x01021994;

    private const int SynchronousSync = 4;
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;
    private const int NotSupported = 95;
    private const int MaxRetries = 16;
    private const int StatBufferBytes = 512;
    private const int ZeroBlockBytes = 64 * 1024;

    public static NativeFile Instance { get; } = new();

    public void Preallocate(SafeFileHandle file, long length)
    {
        if (!OperatingSystem.IsLinux())
        {
            // Elsewhere records are written, not mapped, and a full disk fails the write itself.
            if (RandomAccess.GetLength(file) < length)
                RandomAccess.SetLength(file, length);

            return;
        }

        var error = Interrupted;
        for (var attempt = 0; attempt < MaxRetries && error == Interrupted; attempt++)
            error = NativeMethods.Fallocate(file, 0, length);

        if (error is InvalidArgument or NotSupported)
            WriteZeros(file, RandomAccess.GetLength(file), length);
        else if (error != 0)
            throw Failure("posix_fallocate", error);
    }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    public void SyncData(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
            Check(NativeMethods.FlushFileBuffers(file), "FlushFileBuffers");
        else if (OperatingSystem.IsLinux())
            Check(NativeMethods.SyncFileData(file) == 0, "fdatasync");
        else
            Check(NativeMethods.SyncFile(file) == 0, "fsync");
    }

    public void SyncMapped(nint pages, long length) =>
        Check(NativeMethods.SyncMemory(pages, (nuint)length, SynchronousSync) == 0, "msync");

    public void SyncDirectory(string directory)
    {
        // NTFS journals names itself, and does not open directories for flushing.
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = NativeMethods.OpenPath(directory, 0);
        Check(descriptor >= 0, "open");

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Check(NativeMethods.SyncFile(handle) == 0, "fsync");
    }

    public unsafe bool KeepsMappedBlocks(string directory)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
            return false;

        var buffer = stackalloc byte[StatBufferBytes];

        return NativeMethods.StatFileSystem(directory, buffer) == 0 && *(long*)buffer is Ext or Xfs or Tmpfs;
    }

    private void WriteZeros(SafeFileHandle file, long from, long to)
    {
        var zeros = new byte[ZeroBlockBytes];

        for (var at = from; at < to; at += zeros.Length)
            Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, to - at)), at);
    }

    private static void Check(bool succeeded, string call)
    {
        if (!succeeded)
            throw Failure(call, Marshal.GetLastPInvokeError());
    }

    private static IOException Failure(string call, int error) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)} ({error})", error);
}
