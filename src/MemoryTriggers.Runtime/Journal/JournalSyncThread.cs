using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Journal;

/// <summary>
/// The journal's own thread: group commit, checkpoints, recycling, and the next segments ahead of need. Own, because the
/// thread pool may be starved by the very program whose records must become durable.
/// </summary>
internal sealed class JournalSyncThread : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly JournalLane[] _lanes;
    private readonly JournalCheckpoint? _checkpoint;
    private readonly DefinitionTable _definitions;
    private readonly SegmentSync _sync;
    private readonly JournalSignal _signal;
    private readonly JournalRoom? _room;
    private readonly bool _evicts;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private List<TaskCompletionSource> _requests = [];
    private JournalPosition[] _written;
    private volatile bool _stopping;
    private volatile string? _degraded;
    private bool _mustRetry;

    public JournalSyncThread(
        JournalLane[] lanes,
        JournalCheckpoint? checkpoint,
        DefinitionTable definitions,
        SegmentSync sync,
        JournalSignal signal,
        JournalRoom? room,
        bool evicts,
        TimeSpan interval,
        ILogger logger)
    {
        _lanes = lanes;
        _checkpoint = checkpoint;
        _definitions = definitions;
        _sync = sync;
        _signal = signal;
        _room = room;
        _evicts = evicts;
        _interval = interval;
        _logger = logger;
        _written = Positions();
        _thread = new Thread(Run) { IsBackground = true, Name = "MemoryTriggers journal" };
        _thread.Start();
    }

    /// <summary>Why records are not as safe as configured, as of the last pass.</summary>
    public string? DegradedReason => _degraded;

    public Task RequestSync()
    {
        var request = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _requests.Add(request);
        }

        _signal.Urgent();
        return request.Task;
    }

    /// <summary>Makes a last pass and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
            _stopping = true;

        _signal.Urgent();
        _thread.Join();
    }

    private void Run()
    {
        while (!_stopping)
        {
            _signal.WaitForWork(HasWork);
            _signal.Gather(_stopping ? TimeSpan.Zero : _mustRetry ? Longer(_interval, RetryInterval) : _interval);
            GuardedPass();
        }

        GuardedPass();
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private void GuardedPass()
    {
        var requests = TakeRequests();

        try
        {
            Complete(requests, Pass(requests.Count > 0 || _stopping));
        }
        catch (Exception failure)
        {
            // The boundary of the thread: if it died, nothing would ever be synced or recycled again.
            Log.PassFailed(_logger, failure);
            _mustRetry = true;
            _degraded = failure.Message;
            Complete(requests, failure);
        }
    }

    private Exception? Pass(bool syncCheckpoint)
    {
        // Acknowledgements first: a segment that is wholly acknowledged is recycled without ever being synced.
        var failure = Checkpoint(syncCheckpoint);
        failure = SyncDefinitions() ?? failure;

        foreach (var lane in _lanes)
        {
            lane.PrepareNext();

            if (_evicts && lane.IsStarved)
                Evict(lane);

            failure = _sync.Run(lane) ?? failure;
        }

        _room?.Announce();
        var starved = Array.Find(_lanes, lane => lane.AllocationFailed);
        if (starved is not null && !_mustRetry)
            Log.AllocationFailed(_logger, starved.Priority, starved.LastFailure);

        _mustRetry = failure is not null || starved is not null;
        _degraded = failure?.Message ?? starved?.LastFailure?.Message;

        return failure;
    }

    // The lowest priority first, and never one that is as high as the lane that needs the room.
    private void Evict(JournalLane needy)
    {
        for (var lane = _lanes.Length - 1; lane > (int)needy.Priority; lane--)
        {
            if (!_lanes[lane].TryEvict())
                continue;

            Log.Evicted(_logger, _lanes[lane].Priority, needy.Priority);
            needy.PrepareNext();
            return;
        }
    }

    private Exception? SyncDefinitions()
    {
        try
        {
            _definitions.Sync();
            return null;
        }
        catch (IOException failure)
        {
            Log.SyncFailed(_logger, failure);
            return failure;
        }
    }

    private Exception? Checkpoint(bool sync)
    {
        var positions = Positions();
        var recycles = _lanes.Where(lane => lane.HasRecyclable(positions[(int)lane.Priority])).ToArray();

        if (!sync && recycles.Length == 0 && positions.AsSpan().SequenceEqual(_written))
            return null;

        try
        {
            _checkpoint?.Write(positions, sync || recycles.Length > 0);
            _written = positions;
        }
        catch (IOException failure)
        {
            Log.CheckpointFailed(_logger, failure);
            return failure;
        }

        foreach (var lane in recycles)
            lane.Recycle(positions[(int)lane.Priority]);

        return null;
    }

    private bool HasWork() =>
        _stopping
        || _mustRetry
        || _definitions.IsDirty
        || !Positions().AsSpan().SequenceEqual(_written)
        || Array.Exists(_lanes, SegmentSync.HasWork);

    private JournalPosition[] Positions() => [.. _lanes.Select(lane => lane.Acknowledged)];

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
