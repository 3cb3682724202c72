using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Journal;

/// <summary>
/// The queue between the program and the backends, on disk: one lane per priority. Any thread appends; one thread reads,
/// acknowledges and rewinds a lane.
/// </summary>
internal sealed class CaptureJournal : IDisposable
{
    private readonly JournalDirectory? _directory;
    private readonly JournalCheckpoint? _checkpoint;
    private readonly Quarantine? _quarantine;
    private readonly DefinitionTable _definitions;
    private readonly SegmentStore _store;
    private readonly SegmentSync _sync;
    private readonly JournalSignal _signal = new();
    private readonly JournalLane[] _lanes;
    private readonly JournalUpkeep _upkeep;
    private readonly JournalSyncThread? _thread;
    private readonly SegmentPreparation? _preparation;
    private readonly JournalRoom? _room;
    private readonly ILogger<CaptureJournal> _logger;
    private readonly TimeProvider _time;
    private readonly int _maxRecordBytes;
    private readonly long _recovered;
    private readonly long _torn;
    private readonly long _quarantined;
    private int _disposed;

    private CaptureJournal(
        JournalOptions options,
        JournalDirectory? directory,
        JournalMode mode,
        IDisk disk,
        ProblemLog problems,
        ILogger<CaptureJournal> logger,
        TimeProvider time)
    {
        _directory = directory;
        _logger = logger;
        _time = time;
        _store = new SegmentStore(directory, mode, options, disk);
        _maxRecordBytes = Math.Min(options.MaxRecordBytes, _store.SegmentBytes / 2);
        _definitions = new DefinitionTable(directory, disk, problems, time);
        var recovered = Enumerable.Repeat(RecoveredLane.Empty, JournalCheckpoint.Lanes).ToArray();

        if (directory is not null)
        {
            _checkpoint = new JournalCheckpoint(directory.CheckpointPath, disk);
            _quarantine = new Quarantine(directory.FullPath, options, disk, time, logger);
            var others = directory.MoveOthersTo(_quarantine);
            var identity = JournalIdentity.Of(directory, _checkpoint, options.Nonce, disk, problems);
            _store.Journal = _checkpoint.Journal = identity.Journal;
            var hasGaps = options.Overflow == JournalOverflow.DropLowestPriority;
            var recovery = new JournalRecovery(directory, _store, identity.Positions, _quarantine, hasGaps, problems, logger);
            recovered = recovery.Run();
            _quarantine.Prune();
            // The names of checkpoint and definitions, before anything relies on them.
            disk.SyncDirectory(directory.FullPath);
            _torn = recovery.Torn;
            _quarantined = recovery.Quarantined;
            if (others + recovery.Damaged is > 0 and var damaged)
                problems.Report($"the journal in {directory.FullPath} was damaged: {damaged} parts are in its quarantine, "
                    + $"{recovered.Sum(lane => lane.Records)} records were read, at {time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z");
        }

        _recovered = recovered.Sum(lane => lane.Records);
        _lanes = [.. recovered.Select((lane, index) => new JournalLane(
            (TriggerPriority)index,
            lane,
            _store,
            _signal,
            index == (int)TriggerPriority.Critical || options.SyncInterval == TimeSpan.Zero))];
        _sync = new SegmentSync(_store, directory, logger);
        _room = options.Overflow is JournalOverflow.Block or JournalOverflow.DropLowestPriority && options.OverflowWait > TimeSpan.Zero
            ? new JournalRoom(_signal, options.OverflowWait, options.Overflow == JournalOverflow.DropLowestPriority, time)
            : null;
        _upkeep = new JournalUpkeep(
            _lanes, _checkpoint, _definitions, _sync, _room, options.Overflow == JournalOverflow.DropLowestPriority, logger);

        if (options.HasNoThreads)
            return;

        _thread = new JournalSyncThread(_upkeep, _signal, options.SyncInterval);
        _preparation = new SegmentPreparation(_lanes, _signal, logger);
    }

    public bool HasPending => Array.Exists(_lanes, lane => lane.HasPending);

    /// <summary>Whether the lane has anything that was not read yet.</summary>
    public bool HasUnreadIn(TriggerPriority lane) => _lanes[(int)lane].HasUnread;

    /// <summary>How many records of the lane are not done.</summary>
    public long PendingIn(TriggerPriority lane) => _lanes[(int)lane].Statistics().Pending;

    /// <summary>Opens the directory and recovers what is in it, damaged or not.</summary>
    /// <exception cref="JournalUnavailableException">The directory cannot be used; the journal can still live in memory.</exception>
    public static CaptureJournal Open(
        JournalOptions options, ILogger<CaptureJournal> logger, TimeProvider time, ProblemLog? problems = null)
    {
        var disk = options.Disk;
        problems ??= new ProblemLog(null, disk, time, logger);
        var directory = JournalDirectory.Acquire(options.Directory, disk, problems, time);

        try
        {
            var mode = options.ForcedMode
                ?? (disk.KeepsMappedBlocks(directory.FullPath) ? JournalMode.Mapped : JournalMode.Written);
            var journal = new CaptureJournal(options, directory, mode, disk, problems, logger, time);
            Log.Opened(logger, directory.FullPath, mode, journal._recovered, journal._torn, journal._quarantined);

            return journal;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            directory.Dispose();
            throw new JournalUnavailableException(
                $"The journal directory '{directory.FullPath}' cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>The same journal in native memory, for when no directory can be used. It ends with the process.</summary>
    public static CaptureJournal OpenInMemory(JournalOptions options, ILogger<CaptureJournal> logger, TimeProvider time) =>
        new(options, null, JournalMode.Memory, SystemDisk.Instance, new ProblemLog(null, SystemDisk.Instance, time, logger), logger, time);

    /// <summary>
    /// Takes a record, or says why not. Neither waits nor throws, nor calls the system in the ordinary case. Waits, within its bounds, when
    /// the journal is full and the options say so.
    /// </summary>
    public JournalAppendResult TryAppend(TriggerPriority lane, ReadOnlySpan<byte> payload)
    {
        var target = _lanes[(int)lane & (JournalCheckpoint.Lanes - 1)];
        var result = payload.Length <= _maxRecordBytes ? target.TryAppend(payload) : JournalAppendResult.DroppedTooLarge;

        if (result == JournalAppendResult.Accepted)
            return result;

        if (result == JournalAppendResult.DroppedFull && _room is { } room)
            result = room.Append(target, payload);

        return result == JournalAppendResult.Accepted ? result : target.Drops.Count(result);
    }

    /// <summary>Makes a trigger's definition durable beside the records that name it. Harmless when known.</summary>
    public void DescribeTrigger(ulong descriptorId, ReadOnlySpan<byte> definitionJson)
    {
        _definitions.Add(descriptorId, definitionJson);
        _signal.Appended();
    }

    /// <summary>How many definitions are known.</summary>
    public int DefinitionCount => _definitions.Count;

    public bool TryGetDefinition(ulong descriptorId, out ReadOnlyMemory<byte> json) => _definitions.TryGet(descriptorId, out json);

    /// <summary>The records after the last read of the lane, in order, within one segment. Acknowledges nothing.</summary>
    public JournalBatch Read(TriggerPriority lane, int maxRecords, int maxBytes) => _lanes[(int)lane].Read(maxRecords, maxBytes);

    /// <summary>Everything up to the end of the batch is done.</summary>
    public void Acknowledge(in JournalBatch batch)
    {
        _lanes[(int)batch.Lane].Acknowledge(batch);
        _signal.Appended();
    }

    /// <summary>Where each lane ends now.</summary>
    public IReadOnlyList<JournalPosition> Tails() => [.. _lanes.Select(lane => lane.Tail)];

    /// <summary>Whether everything before the position is done, or gone.</summary>
    public bool IsDone(TriggerPriority lane, in JournalPosition position) =>
        !_lanes[(int)lane].Acknowledged.IsBefore(position) || !_lanes[(int)lane].HasPending;

    /// <summary>Forgets the reads since the last acknowledgement, so that they come again.</summary>
    public void Rewind(TriggerPriority lane) => _lanes[(int)lane].Rewind();

    /// <summary>Waits until everything accepted so far, and the acknowledgements, are on disk.</summary>
    /// <exception cref="JournalSyncException">They are not: the disk refused.</exception>
    public ValueTask SyncAsync(CancellationToken ct)
    {
        var synced = _upkeep.RequestSync();
        _signal.Urgent();
        return new ValueTask(synced.WaitAsync(ct));
    }

    /// <summary>Overwrites on disk what is acknowledged: a record that is deleted must be nowhere. Waits for it.</summary>
    /// <exception cref="JournalSyncException">The disk refused.</exception>
    /// <exception cref="ObjectDisposedException">It is closed, and has done so.</exception>
    public ValueTask ClearDeliveredAsync(CancellationToken ct)
    {
        var cleared = _upkeep.RequestClear();
        _signal.Urgent();
        return new ValueTask(cleared.WaitAsync(ct));
    }

    /// <summary>Runs the work of the journal's threads once: for a journal that has none.</summary>
    internal void Pass() => _upkeep.Pass();

    public JournalStatistics GetStatistics() => new(
        _store.Mode,
        _directory?.FullPath ?? "",
        DegradedReason,
        [.. _lanes.Select(lane => lane.Statistics())],
        _store.AllocatedBytes,
        _recovered,
        _torn,
        _quarantined + _definitions.Damaged,
        _sync.Syncs,
        _sync.Failures,
        _definitions.Count)
    {
        QuarantineFiles = _quarantine?.Files ?? 0,
        QuarantineBytes = _quarantine?.Bytes ?? 0,
        QuarantineRemoved = _quarantine?.Removed ?? 0,
    };

    /// <summary>Ends appending, syncs, and gives the directory free. Batches that were read stay valid.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        foreach (var lane in _lanes)
            lane.Close();

        _room?.Announce();
        _preparation?.Dispose();

        _upkeep.Stop();
        _thread?.Dispose();
        _upkeep.Pass();

        var started = _time.GetTimestamp();

        foreach (var lane in _lanes)
            lane.Dispose(segment => AwaitAppends(segment, started));

        _store.Dispose();
        _checkpoint?.Dispose();
        _definitions.Dispose();
        _directory?.Dispose();
    }

    private string? DegradedReason =>
        _directory is null
            ? "The journal is in memory: records are lost with the process"
            : _upkeep.DegradedReason ?? _definitions.LastFailure?.Message ?? _store.Undeleted
                ?? (_store.IsSpilling ? "It holds more than its size and has spilled to more disk" : null);

    // Unmapping under a thread that is still copying its record would kill the process; leaking a mapping does not.
    private bool AwaitAppends(JournalSegment segment, long started)
    {
        segment.Close();
        var spin = default(SpinWait);

        while (!segment.IsFinishedAt(segment.PublishedEnd(segment.SyncedEnd)))
        {
            if (_time.GetElapsedTime(started) > TimeSpan.FromSeconds(5))
            {
                Log.AppendInFlight(_logger, segment.File.Path);
                return false;
            }

            spin.SpinOnce();
        }

        return true;
    }
}
