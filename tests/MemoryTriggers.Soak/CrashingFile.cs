using MemoryTriggers.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Soak;

/// <summary>The real file operations, each with a crash point before and after it, and writes with one in the middle.</summary>
internal sealed class CrashingFile(CrashPoint crash) : INativeFile
{
    public void Preallocate(SafeFileHandle file, long length) =>
        Around($"{Kind(file)}.allocate", () => NativeFile.Instance.Preallocate(file, length));

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        var kind = Kind(file);
        crash.Hit($"{kind}.write.before");
        if (crash.IsNow($"{kind}.write.during"))
        {
            NativeFile.Instance.Write(file, bytes[..(bytes.Length / 2)], offset);
            CrashPoint.Die($"{kind}.write.during");
        }

        NativeFile.Instance.Write(file, bytes, offset);
        crash.Hit($"{kind}.write.after");
    }

    public void SyncData(SafeFileHandle file) => Around($"{Kind(file)}.sync", () => NativeFile.Instance.SyncData(file));

    public void SyncMapped(nint pages, long length) => Around("segment.sync", () => NativeFile.Instance.SyncMapped(pages, length));

    public void SyncDirectory(string directory) => Around("directory.sync", () => NativeFile.Instance.SyncDirectory(directory));

    public bool KeepsMappedBlocks(string directory) => NativeFile.Instance.KeepsMappedBlocks(directory);

    private static string Kind(SafeFileHandle file)
    {
        var name = OpenFiles.NameOf(file);
        // A segment has a temporary name until it has its length.
        return name.EndsWith(".segment", StringComparison.Ordinal) || name.EndsWith(".segment.tmp", StringComparison.Ordinal) ? "segment" : name;
    }

    private void Around(string operation, Action act)
    {
        crash.Hit($"{operation}.before");
        act();
        crash.Hit($"{operation}.after");
    }
}
