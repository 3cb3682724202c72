using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Journal;

/// <summary>
/// Forces the segments of a lane to disk. A failed sync is never repeated on the same pages, which the kernel may have
/// marked clean: the segment is closed and its content goes to a new file under the same name.
/// </summary>
internal sealed class SegmentSync(SegmentStore store, JournalDirectory? directory, ILogger logger)
{
    private readonly Finding _unsynced = new();
    private readonly Finding _unwritten = new();
    private long _syncs;
    private long _failures;

    public long Syncs => Volatile.Read(ref _syncs);

    public long Failures => Volatile.Read(ref _failures);

    public static bool HasWork(JournalLane lane) =>
        lane.Segments().Any(segment => segment.IsSuspect || segment.ClaimedEnd > segment.SyncedEnd);

    /// <summary>Syncs what is published. Returns the first failure; records are then accepted but not safe from power loss.</summary>
    public IOException? Run(JournalLane lane)
    {
        IOException? first = null;

        foreach (var segment in lane.Segments())
        {
            if (directory is null)
                segment.SyncedEnd = segment.PublishedEnd(segment.SyncedEnd);
            else if (segment.IsSuspect)
                first = Rewrite(lane, segment) ?? first;
            else if (segment.ClaimedEnd > segment.SyncedEnd)
                first = Sync(segment) ?? first;
        }

        return first;
    }

    /// <summary>Nothing failed in all lanes.</summary>
    public void Succeeded()
    {
        _unsynced.Ends();
        _unwritten.Ends();
    }

    private IOException? Sync(JournalSegment segment)
    {
        var end = segment.PublishedEnd(segment.SyncedEnd);

        try
        {
            segment.Sync(end);
            SyncName(segment.File);
            segment.SyncedEnd = end;
            Interlocked.Increment(ref _syncs);

            return null;
        }
        catch (IOException failure)
        {
            segment.IsSuspect = true;
            segment.Close();
            Interlocked.Increment(ref _failures);
            if (_unsynced.Begins()) Log.SyncFailed(logger, failure);

            return failure;
        }
    }

    private IOException? Rewrite(JournalLane lane, JournalSegment segment)
    {
        segment.Close();

        // An append is still copying into it; the next pass finds it published.
        if (!segment.IsFinishedAt(segment.PublishedEnd(segment.SyncedEnd)))
            return new IOException("A segment whose sync failed still has appends in flight");

        var path = segment.File.Path;
        var temporary = JournalDirectory.Temporary(path);
        SegmentFile? file = null;

        try
        {
            // A try before this one may have left it.
            store.Disk.Delete(temporary);
            file = SegmentFile.Create(temporary, segment.Capacity, mapped: false, store.Disk);
            var bytes = new byte[segment.SealedEnd];
            segment.CopyTo(bytes, 0);
            file.OnDisk!.Write(bytes, 0);
            file.OnDisk!.SyncData();
            store.Disk.Move(temporary, path);
            store.Disk.SyncDirectory(directory!.FullPath);
            file.Path = path;
            file.NameIsNew = false;
        }
        catch (IOException failure)
        {
            file?.Dispose();
            Interlocked.Increment(ref _failures);
            if (_unwritten.Begins()) Log.RewriteFailed(logger, path, failure);

            return failure;
        }

        lane.Replace(segment, new WrittenSegment(file, segment.Header, segment.SealedEnd, isClosed: true)
        {
            Holes = segment.Holes,
            Found = (segment.Found.Records + segment.Frames, segment.Found.Bytes + segment.FrameBytes),
        });
        Interlocked.Increment(ref _syncs);
        Log.Rewritten(logger, path);

        return null;
    }

    private void SyncName(SegmentFile file)
    {
        if (!file.NameIsNew)
            return;

        store.Disk.SyncDirectory(directory!.FullPath);
        file.NameIsNew = false;
    }
}
