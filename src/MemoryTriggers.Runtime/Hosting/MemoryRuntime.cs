using MemoryTriggers.Capture;
using MemoryTriggers.Configuration;
using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Errors;
using MemoryTriggers.Files;
using MemoryTriggers.Memories;
using MemoryTriggers.Operations;
using MemoryTriggers.Policies;
using MemoryTriggers.Problems;
using MemoryTriggers.Recall;
using MemoryTriggers.Retention;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Everything that exists between start and stop: makes the stages and joins them. <c>_stages</c> has their order.
/// </summary>
internal sealed class MemoryRuntime
{
    private readonly MemoryTriggersOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MemoryRuntime> _logger;
    private readonly DataDirectory _data;
    private readonly ConfiguredStages? _configured;
    private readonly StoreStage _store;
    private readonly JournalStage _journal;
    private readonly UpkeepStage _upkeep;
    private readonly PolicyStage _policies;
    private readonly DeliveryStage _delivery;
    private readonly CaptureStage _capture;
    private readonly StageList _stages;
    private readonly ErrorRecall? _recall;
    private readonly RecordAccounting _accounting;

    public MemoryRuntime(MemoryTriggersOptions options, IMemoryBackend? backend, ILoggerFactory loggers, TimeProvider time,
        MemoryHooks hooks, CaptureTarget target)
    {
        (_options, _time) = (options, time);
        _data = new DataDirectory(options.DataDirectory, options.Journal.Directory);
        _configured = options.Configured is { } configured ? new ConfiguredStages(configured, options, _data, loggers, time) : null;
        loggers = _configured?.Loggers ?? loggers;
        _logger = loggers.CreateLogger<MemoryRuntime>();

        Problems = new ProblemLog(_data.Root, options.Journal.Disk, time, _logger);
        var opening = new JournalOpening(_data, options.Journal, Problems, loggers, time);
        _journal = new JournalStage(opening, _data.Root, _logger);
        var journal = _journal.Journal;
        var data = _journal.Folder is null ? null : _data;

        var webhooks = new WebhookClient(options.Policies);
        _store = new StoreStage(options, backend, data, _configured, webhooks, Counts, SyncAsync, Problems, loggers, time,
            journal.ClearDeliveredAsync)
        {
            IsInUse = () => !Array.TrueForAll(Background, static loops => loops.HaveEnded),
        };
        var holding = new HoldingStore(_journal.Folder, Problems, time);
        _policies = new PolicyStage(options, Backend, webhooks, Operations.Raise, _journal.Folder, _configured, Problems, loggers,
            time);
        Operations.Share(Policies);
        Operations.PublishIn(_journal.Folder);
        _delivery = new DeliveryStage(options, data, opening, journal, holding, Backend, _policies, Problems, loggers, time);

        var lookup = new ErrorLookup(Backend, _store.Errors, options.AutoRecall, time);
        _recall = options.AutoRecall.Enabled
            ? new ErrorRecall(_store.Errors, loggers.CreateLogger<ErrorRecall>(), lookup, options.Project)
            : null;
        var sink = new JournalCaptureSink(
            journal, _delivery.Signal, _delivery.Limits, _delivery.Provisional, options.Journal.SyncWait,
            loggers.CreateLogger<JournalCaptureSink>(), _recall)
        {
            KeepsErrorText = options.KeepsErrorText,
        };
        _capture = new CaptureStage(sink, target, _delivery.Provisional, _data.Root, time, _logger);

        Recall = new MemoryRecall(
            Backend, options.Project, time, _configured is { Live: var live } ? () =>
                live.Current.Performance.MaxMemoriesPerContext : null);
        var retention = Retention(data, loggers.CreateLogger<RetentionRun>());
        Memory = new MemoryModule(Backend, Recall, options.Project, time, new MemoryUpkeep(retention, _store.Protecting));
        _upkeep = new UpkeepStage(
            Operations,
            new RetentionLoop(retention, data?.RetentionLock, options.Retention, time, loggers.CreateLogger<RetentionLoop>())
            {
                Repair = new CycleRepair(
                    Backend, new PassMark(data?.CycleMark, Backend.Name, Problems, options.Journal.Disk, time, _logger), time).RunAsync,
            },
            time);

        // Started in this order, flushed and stopped in the opposite one.
        _stages = new StageList(
            [
                _store, // opens the store
                _journal, // is open already: capture may begin at any time
                _upkeep, // health, recovery, alerts, metrics; retention
                _policies, // carries out actions
                _delivery, // from the journal to the store
                _capture, // turns the triggers on
                new ReloadStage(_configured, ApplyChanges),
            ],
            _logger);
        _accounting = new RecordAccounting
        {
            Journal = journal,
            Delivery = _delivery,
            Cache = _store.Backend,
            Policies = Policies,
            Hooks = hooks,
        };
        Collector = new AsyncMemoryCollector(this);
    }

    public IMemoryBackend Backend => _store.Backend;

    /// <summary>The problems that stay until they are acknowledged.</summary>
    public ProblemLog Problems { get; }

    public MemoryOperations Operations => _store.Operations;

    /// <summary>Whether the background work goes on, or has not begun.</summary>
    public bool IsAlive => Array.TrueForAll(Background, static loops => loops.IsAlive);

    public IMemoryRecall Recall { get; }

    public MemoryModule Memory { get; }

    public AsyncMemoryCollector Collector { get; }

    public PolicyEngine Policies => _policies.Engine;

    public (long Recalled, long Abandoned, long Faults) AutoRecall => _recall?.Statistics ?? default;

    public MemoryConfigurationReport? Configuration => _configured?.Live.Report;

    public DeadLetterStore DeadLetters => _delivery.DeadLetters;

    public Task<(int Stored, int Refused)> ReplayAsync(string? id, IProgress<int>? progress, CancellationToken cancellationToken) =>
        new DeadLetterReplayer(DeadLetters, _delivery.Records)
            .ReplayAsync(letter => id is null || letter.Id == id, progress, cancellationToken);

    public MemoryEntry? Inspect(string id) => DeadLetters.Get(id) is { } letter ? _delivery.Records.Compose(letter) : null;

    public int Purge(string? id, TimeSpan olderThan)
    {
        var limit = _time.GetUtcNow() - olderThan;
        return DeadLetters.Remove(DeadLetters.List().Where(letter => (id is null || letter.Id == id) && letter.At <= limit));
    }

    /// <summary>Removes memories from every file.</summary>
    public async Task<(long Deleted, IReadOnlyList<string> Unreached)> PurgeAsync(
        MemoryQuery query, Guid? id, CancellationToken cancellationToken)
    {
        // What is on its way to the store would be there after it.
        await _stages.FlushAsync(cancellationToken).ConfigureAwait(false);
        return await new MemoryPurge(
            Backend, _data.Root, [.. _data.Journals.Where(Directory.Exists)], DeadLetters, _options.Project, _time)
        {
            Archive = _options.Retention.ArchiveDirectory is { } given ? DataDirectory.PathOf(_data.Root, given) : null,
            Held = _delivery.Holding,
            Own = (_journal.Folder, _journal.Journal.ClearDeliveredAsync),
        }.RunAsync(query, id, cancellationToken).ConfigureAwait(false);
    }

    private StageLoops[] Background => [_upkeep.Loops, _policies.Loops, _delivery.Loops];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // What runs from here on has no context: that of the code that starts the service is not its own.
        MemoryContext.Replace(new());
        await _stages.StartAsync(cancellationToken).ConfigureAwait(false);
        Log.Started(_logger, _data.Root, Backend.Name);
    }

    /// <summary>Takes nothing new, stores what is pending within the deadline, and leaves the rest in the journal.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Delivery.ShutdownTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await _stages.StopAsync(either.Token).ConfigureAwait(false);
    }

    public async Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        ScopeExceptions.Settle();
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var flushed = _stages.FlushAsync(either.Token);
        await flushed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return flushed.IsCompletedSuccessfully && !either.IsCancellationRequested;
    }

    /// <summary>Waits until the store is open, or cannot be opened for now, however long that takes.</summary>
    public Task WaitForStoreAsync(CancellationToken cancellationToken) => _store.Opening.WaitAsync(cancellationToken);

    /// <summary>Waits until what ended processes left is stored, or cannot be for now.</summary>
    public Task WaitForAdoptionAsync(CancellationToken cancellationToken) => _delivery.Adopting.WaitAsync(cancellationToken);

    public ValueTask SyncAsync(CancellationToken cancellationToken) => _journal.Journal.SyncAsync(cancellationToken);

    /// <summary>Takes a record that did not come through the hub.</summary>
    public bool Collect(CaptureRecord record) => _capture.Collect(record);

    public CollectionStatistics Statistics(long collected) => _accounting.Collection(collected);

    public async Task<MemoryTriggersHealth> GetHealthAsync(CancellationToken cancellationToken)
    {
        var backend = await Backend.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        var counts = Counts();
        var health = new MemoryTriggersHealth
        {
            Problems = [.. PresentProblems(counts, backend), .. Problems.Open().Select(static problem => problem.ToString())],
            DataDirectory = _data.Root,
            JournalMode = counts.Journal.Mode.ToString().ToLowerInvariant(),
            Backend = backend,
            Accepted = counts.Accepted,
            Stored = counts.Stored,
            Denied = counts.Denied,
            Counted = counts.Counted,
            DeadLettered = counts.DeadLettered,
            Pending = counts.Pending,
            Held = counts.Held,
            Evicted = counts.Evicted,
            Dropped = counts.Dropped,
            CaptureFaults = counts.CaptureFaults,
            CacheHits = counts.CacheHits,
            CacheMisses = counts.CacheMisses,
        };
        return Operations.Complete(health, counts);
    }

    private RetentionRun Retention(DataDirectory? data, ILogger<RetentionRun> log)
    {
        var mark = new PassMark(data?.CompressionMark, Backend.Name, Problems, _options.Journal.Disk, _time, log);
        var archive = _options.Retention.ArchiveDirectory is { } given ? DataDirectory.PathOf(_data.Root, given) : null;
        return new RetentionRun(
            Backend, _options.Retention, archive, _store.Protecting, _options.Protection.CompressAfter, mark,
            new EarlierVersions(Backend).OfAsync, _time, log);
    }

    private RuntimeCounts Counts() => _accounting.Count(Collector.GetStatistics());

    private IEnumerable<string> PresentProblems(RuntimeCounts counts, MemoryBackendHealth backend)
    {
        if (_journal.Problem is { } problem) yield return $"the journal is in memory only: {problem}";
        else if (counts.Journal.DegradedReason is { } reason) yield return $"the journal is degraded: {reason}";
        foreach (var configured in _configured?.Problems() ?? []) yield return configured;
        foreach (var remembered in _policies.Problems) yield return remembered;
        if (_store.Problem is { } repeats) yield return repeats;
        if (_delivery.Holding.Problem is { } held) yield return held;
        if (_delivery.Rates.Problem is { } uncounted) yield return uncounted;
        foreach (var stuck in _delivery.Records.Problems) yield return stuck;
        if (!backend.IsHealthy) yield return $"the store {backend.BackendName} is not well: {backend.Description}";
        if (counts.DroppedUnasked is > 0 and var count) yield return $"{count} records were dropped";
        if (DeadLetters.Problem is { } unkept) yield return unkept;
        if (DeadLetters.Count is > 0 and var letters) yield return $"{letters} records are dead letters";
        if (_capture.Unsynced is > 0 and var unsynced) yield return $"{unsynced} calls returned before their memory was forced to disk";
        if (CaptureFaults.Total is > 0 and var faults) yield return $"{faults} failures inside capture";
        foreach (var assembly in TriggerHub.UnwovenAssemblies) yield return $"{assembly.GetName().Name} has triggers and was not woven";
        foreach (var type in TriggerHub.ReloadedTypes)
            yield return $"{type.FullName} was changed by a hot reload: its edited methods are not captured";
    }

    // Policies first: only they can refuse.
    private void ApplyChanges()
    {
        _policies.Change();
        _delivery.Limits.Change(_options.Types);
        _delivery.Records.Change();
        Operations.Change();
        _capture.Change();
    }
}
