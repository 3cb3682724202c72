using MemoryTriggers.Capture;
using MemoryTriggers.Configuration;
using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Errors;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using MemoryTriggers.Memories;
using MemoryTriggers.Operations;
using MemoryTriggers.Policies;
using MemoryTriggers.Recall;
using MemoryTriggers.Retention;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Everything that exists between start and stop. The stages are made, started from the store to capture, and stopped the other way
/// round; this class has the order.
/// </summary>
internal sealed class MemoryRuntime
{
    private readonly MemoryTriggersOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MemoryRuntime> _logger;
    private readonly DataDirectory _data;
    private readonly string? _problem;
    private readonly ConfiguredStages? _configured;
    private readonly CaptureJournal _journal;
    private readonly WebhookClient _webhooks;
    private readonly StoreStage _store;
    private readonly PolicyStage _policies;
    private readonly DeliveryStage _delivery;
    private readonly ErrorRecall? _recall;
    private readonly JournalCaptureSink _sink;
    private readonly RetentionLoop _retention;
    private readonly RuntimeBooks _books;
    private readonly RuntimeLoops _loops;
    private int _hasCollected;

    public MemoryRuntime(MemoryTriggersOptions options, IMemoryBackend? backend, ILoggerFactory loggers, TimeProvider time,
        MemoryHooks hooks)
    {
        (_options, _time) = (options, time);
        _data = new DataDirectory(options.DataDirectory, options.Journal.Directory);
        _configured = options.Configured is { } configured ? new ConfiguredStages(configured, options, _data, loggers, time) : null;
        loggers = _configured?.Loggers ?? loggers;
        _logger = loggers.CreateLogger<MemoryRuntime>();

        var opening = new JournalOpening(_data, options.Journal, loggers, time);
        _journal = opening.Open(out _problem);
        var data = IsInMemory ? null : _data;
        var folder = IsInMemory ? null : _journal.GetStatistics().Directory;

        _webhooks = new WebhookClient(options.Policies.Webhooks);
        _store = new StoreStage(options, backend, data, _configured, _webhooks, Counts, SyncAsync, loggers, time);
        var holding = new HoldingStore(folder, time, loggers.CreateLogger<HoldingStore>());
        _policies = new PolicyStage(options, _store.Backend, _webhooks, folder, _configured, loggers, time);
        Operations.Share(Policies);
        _delivery = new DeliveryStage(options, data, opening, _journal, holding, _store.Backend, _policies, loggers, time);

        var lookup = new ErrorLookup(_store.Backend, _store.Errors, options.AutoRecall, time);
        _recall = options.AutoRecall.Enabled ? new ErrorRecall(_store.Errors, loggers.CreateLogger<ErrorRecall>(), lookup) : null;
        _sink = new JournalCaptureSink(
            _journal, _delivery.Signal, _delivery.Limits, options.Journal.SyncWait, loggers.CreateLogger<JournalCaptureSink>(), _recall);

        Recall = new MemoryRecall(
            _store.Backend, options.Project, time, _configured is { Live: var live } ? () =>
                live.Current.Performance.MaxMemoriesPerContext : null);
        var retention = Retention(data, loggers.CreateLogger<RetentionRun>());
        Memory = new MemoryModule(_store.Backend, Recall, options.Project, time, new MemoryUpkeep(retention, _store.Protecting));
        _retention = new RetentionLoop(retention, data?.RetentionLock, options.Retention, time, loggers.CreateLogger<RetentionLoop>());

        _books = new RuntimeBooks
        {
            Journal = _journal,
            Delivery = _delivery,
            Cache = _store.Backend,
            Policies = Policies,
            Hooks = hooks,
        };
        _loops = new RuntimeLoops(time);
        Collector = new AsyncMemoryCollector(this);
    }

    public IMemoryBackend Backend => _store.Backend;

    public MemoryOperations Operations => _store.Operations;

    /// <summary>Whether the background work goes on, or has not begun.</summary>
    public bool IsAlive => _loops.IsAlive;

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
        return DeadLetters.List().Where(letter => (id is null || letter.Id == id) && letter.At <= limit).Count(DeadLetters.Remove);
    }

    private bool IsInMemory => _problem is not null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_problem is { } problem) Log.InMemoryOnly(_logger, _data.Root, problem);
        try
        {
            await _store.Backend.InitializeAsync(cancellationToken).ConfigureAwait(false);
            if (_configured is not null) await _configured.CleanAsync(_store.Backend, cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            Log.BackendNotReady(_logger, _store.Backend.Name, exception.Message);
        }

        Operations.Begin();
        if (TriggerHub.IsAttached) Log.StartedTwice(_logger, _data.Root);
        TriggerHub.Attach(_sink);
        _configured?.Start(ApplyChanges);
        _loops.Start(_delivery, _retention, _policies, Operations);
        Log.Started(_logger, _data.Root, _store.Backend.Name);
    }

    public async Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var stored = _delivery.Pump.FlushAsync(either.Token);
        await stored.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (stored.IsCompletedSuccessfully && await _delivery.Held.StepAsync(either.Token).ConfigureAwait(false))
        {
        }

        cancellationToken.ThrowIfCancellationRequested();
        return stored.IsCompletedSuccessfully && !either.IsCancellationRequested;
    }

    /// <summary>Waits until what ended processes left is stored, or cannot be for now.</summary>
    public Task WaitForAdoptionAsync(CancellationToken cancellationToken) => _loops.Adopting.WaitAsync(cancellationToken);

    public ValueTask SyncAsync(CancellationToken cancellationToken) => _journal.SyncAsync(cancellationToken);

    /// <summary>Takes a record that did not come through the hub.</summary>
    public bool Collect(CaptureRecord record)
    {
        if (Interlocked.Exchange(ref _hasCollected, 1) == 0) _sink.Register(record.Descriptor);
        return _sink.TryAccept(record.Priority, record.ToBytes());
    }

    public CollectionStatistics Statistics(long collected) => _books.Collection(collected);

    /// <summary>Takes nothing new, stores what is pending within the deadline, and leaves the rest in the journal.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _configured?.Stop();
        TriggerHub.Detach(_sink);
        await _loops.FinishAsync().ConfigureAwait(false);

        using var deadline = new CancellationTokenSource(_options.Delivery.ShutdownTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var haveEnded = await _loops.EndAsync(_policies, either.Token).ConfigureAwait(false);

        var pending = _journal.GetStatistics().Pending;
        if (pending > 0) Log.StoppedWithPending(_logger, pending);
        _policies.End();
        Operations.Dispose();
        _delivery.Holding.Dispose();
        _webhooks.Dispose();
        _journal.Dispose();
        if (haveEnded) await _store.Backend.DisposeAsync().ConfigureAwait(false);
    }

    public async Task<MemoryTriggersHealth> GetHealthAsync(CancellationToken cancellationToken)
    {
        var backend = await _store.Backend.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        var counts = Counts();
        var health = new MemoryTriggersHealth
        {
            Problems = [.. Problems(counts, backend)],
            DataDirectory = _data.Root,
            JournalMode = counts.Journal.Mode.ToString().ToLowerInvariant(),
            Backend = backend,
            Accepted = counts.Accepted,
            Stored = counts.Stored,
            Denied = counts.Denied,
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
        var mark = new CompressionMark(data?.CompressionMark, _store.Backend.Name, _options.Journal.Disk, _time, log);
        return new RetentionRun(_store.Backend, _options.Retention, _store.Protecting, _options.Protection.CompressAfter, mark, _time, log);
    }

    private RuntimeCounts Counts() => _books.Count(Collector.GetStatistics());

    private IEnumerable<string> Problems(RuntimeCounts counts, MemoryBackendHealth backend)
    {
        if (_problem is { } problem) yield return $"the journal is in memory only: {problem}";
        else if (counts.Journal.DegradedReason is { } reason) yield return $"the journal is degraded: {reason}";
        foreach (var configured in _configured?.Problems() ?? []) yield return configured;
        foreach (var remembered in _policies.Problems) yield return remembered;
        if (_delivery.Holding.Problem is { } held) yield return held;
        foreach (var stuck in _delivery.Records.Problems) yield return stuck;
        if (!backend.IsHealthy) yield return $"the store {backend.BackendName} is not well: {backend.Description}";
        if (counts.DroppedUnasked is > 0 and var count) yield return $"{count} records were dropped";
        if (DeadLetters.Count is > 0 and var letters) yield return $"{letters} records are dead letters";
        if (_sink.Unsynced is > 0 and var unsynced) yield return $"{unsynced} calls returned before their memory was forced to disk";
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
        TriggerHub.AskAgain(_sink);
    }
}
