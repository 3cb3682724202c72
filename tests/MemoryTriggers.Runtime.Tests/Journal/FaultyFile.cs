using System.Collections.Concurrent;
using MemoryTriggers.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Tests.Journal;

/// <summary>The real file operations, with failures on demand.</summary>
internal sealed class FaultyFile : INativeFile
{
    private int _syncFailures;

    public volatile bool DiskIsFull;

    /// <summary>For tests that open a thousand journals and look at what is written, not at what survives the power.</summary>
    public bool SkipsSyncs { get; init; }

    public int Syncs { get; private set; }

    /// <summary>A disk that takes its time: a sync returns when this is set.</summary>
    public ManualResetEventSlim SyncsMayReturn { get; } = new(initialState: true);

    /// <summary>The folders whose names were forced to disk.</summary>
    public ConcurrentQueue<string> SyncedDirectories { get; } = [];

    public void FailNextSyncs(int count) => Volatile.Write(ref _syncFailures, count);

    public void Preallocate(SafeFileHandle file, long length)
    {
        RefuseWhenFull();
        NativeFile.Instance.Preallocate(file, length);
    }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        RefuseWhenFull();
        NativeFile.Instance.Write(file, bytes, offset);
    }

    public void SyncData(SafeFileHandle file)
    {
        FailWhenAsked();
        if (!SkipsSyncs)
            NativeFile.Instance.SyncData(file);
    }

    public void SyncMapped(nint pages, long length)
    {
        FailWhenAsked();
        if (!SkipsSyncs)
            NativeFile.Instance.SyncMapped(pages, length);
    }

    private void FailWhenAsked()
    {
        SyncsMayReturn.Wait();
        if (Volatile.Read(ref _syncFailures) > 0)
        {
            Interlocked.Decrement(ref _syncFailures);
            throw new IOException("fdatasync failed: Input/output error (5)");
        }

        Syncs++;
    }

    public void SyncDirectory(string directory)
    {
        SyncedDirectories.Enqueue(directory);
        if (!SkipsSyncs)
            NativeFile.Instance.SyncDirectory(directory);
    }

    public bool KeepsMappedBlocks(string directory) => NativeFile.Instance.KeepsMappedBlocks(directory);

    private void RefuseWhenFull()
    {
        if (DiskIsFull)
            throw new IOException("No space left on device");
    }
}
