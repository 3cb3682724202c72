using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Journal;

/// <summary>
/// What has to be done again and again so that the journal keeps its promises: group commit, checkpoints, recycling, room. One pass at a
/// time; requests come from any thread.
/// </summary>
internal sealed class JournalUpkeep(
    JournalLane[] lanes,
    JournalCheckpoint? checkpoint,
    DefinitionTable definitions,
    SegmentSync sync,
    JournalRoom? room,
    bool evicts,
    ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Finding _undefined = new();
    private readonly Finding _unmarked = new();
    private readonly Finding _unexpected = new();
    private readonly Finding _uncleared = new();
    private List<TaskCompletionSource> _requests = [];
    private JournalPosition[] _written = [.. lanes.Select(lane => lane.Acknowledged)];
    private JournalPosition[] _synced = [];
    private volatile bool _stopped;
    private volatile bool _mustClear;
    private volatile string? _degraded;

    /// <summary>Why records are not as safe as configured, as of the last pass.</summary>
    public string? DegradedReason => _degraded;

    /// <summary>The last pass could not do all that it should.</summary>
    public bool MustRetry { get; private set; }

    public bool IsStopped => _stopped;

    public bool HasWork =>
        _stopped
        || MustRetry
        || definitions.IsDirty
        || !Positions().AsSpan().SequenceEqual(_written)
        || Array.Exists(lanes, SegmentSync.HasWork);

    /// <summary>Completes when everything accepted so far is on disk, or fails.</summary>
    /// <exception cref="ObjectDisposedException">No pass will follow.</exception>
    public Task RequestSync()
    {
        var request = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, typeof(CaptureJournal));
            _requests.Add(request);
        }

        return request.Task;
    }

    /// <summary>Completes when what is acknowledged is on disk no longer, and all else is.</summary>
    /// <exception cref="ObjectDisposedException">No pass will follow.</exception>
    public Task RequestClear()
    {
        _mustClear = true;
        return RequestSync();
    }

    /// <summary>Takes no more requests. One pass must follow.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopped = true;
    }

    public void Pass()
    {
        var requests = TakeRequests();
        var clears = _mustClear || _stopped;
        _mustClear = false;

        try
        {
            Complete(requests, Run(requests.Count > 0 || _stopped, clears));
        }
        catch (Exception failure)
        {
            // The boundary of the thread: if it died, nothing would ever be synced or recycled again.
            if (_unexpected.Begins()) Log.PassFailed(logger, failure);
            MustRetry = true;
            _degraded = failure.Message;
            Complete(requests, failure);
        }
    }

    private Exception? Run(bool syncCheckpoint, bool clears)
    {
        // Acknowledgements first: a segment that is wholly acknowledged is recycled without ever being synced.
        var failure = Checkpoint(syncCheckpoint);
        if (clears && failure is null) failure = ClearDelivered();
        failure = SyncDefinitions() ?? failure;

        foreach (var lane in lanes)
        {
            lane.PrepareNext();

            if (evicts && lane.IsStarved)
                Evict(lane);

            failure = sync.Run(lane) ?? failure;
        }

        if (failure is null) Succeeded();
        room?.Announce();
        var starved = Array.Find(lanes, lane => lane.AllocationFailed);
        if (starved is not null && !MustRetry)
            Log.AllocationFailed(logger, starved.Priority, starved.LastFailure);

        MustRetry = failure is not null || starved is not null;
        _degraded = failure?.Message ?? starved?.LastFailure?.Message;

        return failure;
    }

    private void Succeeded()
    {
        sync.Succeeded();
        _undefined.Ends();
        _unmarked.Ends();
        _uncleared.Ends();
        _unexpected.Ends();
    }

    // The lowest priority first, and never one that is as high as the lane that needs the room.
    private void Evict(JournalLane needy)
    {
        for (var lane = lanes.Length - 1; lane > (int)needy.Priority; lane--)
        {
            if (!lanes[lane].TryEvict())
                continue;

            Log.Evicted(logger, lanes[lane].Priority, needy.Priority);
            needy.PrepareNext();
            return;
        }
    }

    private Exception? SyncDefinitions()
    {
        try
        {
            definitions.Sync();
            return null;
        }
        catch (IOException failure)
        {
            if (_undefined.Begins()) Log.SyncFailed(logger, failure);
            return failure;
        }
    }

    private Exception? Checkpoint(bool mustSync)
    {
        var positions = Positions();
        var recycles = lanes.Where(lane => lane.HasRecyclable(positions[(int)lane.Priority])).ToArray();

        var syncs = (mustSync || recycles.Length > 0) && !positions.AsSpan().SequenceEqual(_synced);

        if (syncs || !positions.AsSpan().SequenceEqual(_written))
        {
            if (Write(positions, syncs) is { } failure)
                return failure;
        }

        foreach (var lane in recycles)
            lane.Recycle(positions[(int)lane.Priority]);

        return null;
    }

    private IOException? ClearDelivered()
    {
        try
        {
            foreach (var lane in lanes.Where(lane => (int)lane.Priority < _synced.Length))
                lane.ClearDelivered(_synced[(int)lane.Priority]);

            return null;
        }
        catch (IOException failure)
        {
            _mustClear = true;
            if (_uncleared.Begins()) Log.ClearFailed(logger, failure);
            return failure;
        }
    }

    private IOException? Write(JournalPosition[] positions, bool syncs)
    {
        try
        {
            checkpoint?.Write(positions, syncs);
            _written = positions;

            if (syncs)
                _synced = positions;

            return null;
        }
        catch (IOException failure)
        {
            if (_unmarked.Begins()) Log.CheckpointFailed(logger, failure);
            return failure;
        }
    }

    private JournalPosition[] Positions() => [.. lanes.Select(lane => lane.Acknowledged)];

    private List<TaskCompletionSource> TakeRequests()
    {
        lock (_gate)
        {
            var requests = _requests;
            _requests = [];
            return requests;
        }
    }

    private static void Complete(List<TaskCompletionSource> requests, Exception? failure)
    {
        foreach (var request in requests)
        {
            if (failure is null)
                request.SetResult();
            else
                request.SetException(new JournalSyncException("The journal could not be forced to disk: " + failure.Message, failure));
        }
    }
}
