using MemoryTriggers.Backends;
using MemoryTriggers.Backends.Cache;
using MemoryTriggers.Capture;
using MemoryTriggers.Configuration;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Errors;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using MemoryTriggers.Memories;
using MemoryTriggers.Operations;
using MemoryTriggers.Policies;
using MemoryTriggers.Ranking;
using MemoryTriggers.Recall;
using MemoryTriggers.Retention;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Everything that exists between start and stop: the stages, joined.</summary>
internal sealed class MemoryRuntime
{
    private readonly MemoryTriggersOptions _options;
    private readonly DataDirectory _data;
    private readonly ILogger<MemoryRuntime> _logger;
    private readonly TimeProvider _time;
    private readonly CaptureJournal _journal;
    private readonly string? _problem;
    private readonly ConfiguredStages? _stages;
    private readonly CachingBackend _backend;
    private readonly RecordDelivery _delivery;
    private readonly CapturePump _pump;
    private readonly OrphanAdoption _adoption;
    private readonly JournalCaptureSink _sink;
    private readonly TriggerLimits _limits;
    private readonly HoldingStore _holding;
    private readonly HeldDelivery _held;
    private readonly RetentionLoop _retention;
    private readonly ErrorRecall? _recall;
    private readonly WebhookClient _webhooks;
    private readonly PolicyStage _policies;
    private readonly RuntimeBooks _books;
    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _abort = new();
    private Task[] _parts = [];
    private Task _running = Task.CompletedTask;
    private Task _acting = Task.CompletedTask;
    private Task _adopting = Task.CompletedTask;
    private int _hasCollected;

    public MemoryRuntime(MemoryTriggersOptions options, IMemoryBackend? backend, ILoggerFactory loggers, TimeProvider time, MemoryHooks hooks)
    {
        (_options, _time) = (options, time);
        _data = new DataDirectory(options.DataDirectory, options.Journal.Directory);
        if (options.Configured is { } configured)
        {
            _stages = new ConfiguredStages(configured, options, _data, loggers, time);
            loggers = _stages.Loggers;
        }

        _logger = loggers.CreateLogger<MemoryRuntime>();

        var opening = new JournalOpening(_data, options.Journal, loggers, time);
        _journal = opening.Open(out _problem);
        _webhooks = new WebhookClient(options.Policies.Webhooks);
        var errors = new ErrorIndex(options.AutoRecall);
        var layers = new StoreLayers(options, IsInMemory ? null : _data, _stages, errors, loggers, time);
        var store = layers.Store(backend);
        (store as IRankedStore)?.RankBy(new MemoryRanking(options.Recall, time));
        var settings = new OperationsSettings(
            options.Operations, options.DataDirectory, options.Journal, () => new MemoryTriggersOptionsValidator().Validate(null, options).FailureMessage);
        Operations = new MemoryOperations(settings, store, new StartedBackend(store), _webhooks, Counts, SyncAsync, loggers, time);
        _backend = new CachingBackend(layers.Around(Operations.Backend), options.ReadCache, time);
        DeadLetters = new DeadLetterStore(IsInMemory ? null : _data.DeadLetters, time, loggers.CreateLogger<DeadLetterStore>(), options.Journal.Disk, options.Project);
        _limits = new TriggerLimits(options.Types);
        var folder = IsInMemory ? null : _journal.GetStatistics().Directory;
        _holding = new HoldingStore(folder, time, loggers.CreateLogger<HoldingStore>());
        _policies = new PolicyStage(options, _backend, _webhooks, folder, _stages, loggers, time);
        Operations.Share(Policies);
        var sorting = new RecordSorting(_policies.Rules, _holding, options.Policies.MaxHeld);
        _delivery = new RecordDelivery(
            _backend, new MemoryComposer(options.Project), DeadLetters, options.Delivery, time, loggers.CreateLogger<RecordDelivery>(), _limits, sorting);
        _held = new HeldDelivery(_holding, _delivery, sorting, options.Delivery, time, loggers.CreateLogger<HeldDelivery>());
        var drain = new JournalDrain(_journal, _delivery, options.Delivery);
        var signal = new PumpSignal(time);
        _pump = new CapturePump(_journal, drain, signal, options.Delivery, time, loggers.CreateLogger<CapturePump>());
        _adoption = new OrphanAdoption(opening, _delivery, _holding, _policies, options.Delivery, time, loggers);
        _recall = options.AutoRecall.Enabled ? new ErrorRecall(errors, loggers.CreateLogger<ErrorRecall>(), new ErrorLookup(_backend, errors, options.AutoRecall, time)) : null;
        _sink = new JournalCaptureSink(_journal, signal, _limits, options.Journal.SyncWait, loggers.CreateLogger<JournalCaptureSink>(), _recall);
        _books = new RuntimeBooks
        {
            Journal = _journal, Delivery = _delivery, Drain = drain, Adoption = _adoption, Held = _held, Holding = _holding, Limits = _limits, Cache = _backend, Policies = Policies, Hooks = hooks,
        };
        Recall = new MemoryRecall(_backend, options.Project, time, _stages is { Live: var live } ? () => live.Current.Performance.MaxMemoriesPerContext : null);
        var log = loggers.CreateLogger<RetentionRun>();
        var mark = new CompressionMark(IsInMemory ? null : _data.CompressionMark, _backend.Name, options.Journal.Disk, time, log);
        var retention = new RetentionRun(_backend, options.Retention, layers.Protecting, options.Protection.CompressAfter, mark, time, log);
        Memory = new MemoryModule(_backend, Recall, options.Project, time, new MemoryUpkeep(retention, layers.Protecting));
        _retention = new RetentionLoop(retention, IsInMemory ? null : _data.RetentionLock, options.Retention, time, loggers.CreateLogger<RetentionLoop>());
        Collector = new AsyncMemoryCollector(this);
    }

    public IMemoryBackend Backend => _backend;

    public MemoryOperations Operations { get; }

    /// <summary>Whether the background work goes on, or has not begun.</summary>
    public bool IsAlive => _finish.IsCancellationRequested || !Array.Exists(_parts, static part => part.IsFaulted);

    public IMemoryRecall Recall { get; }

    public MemoryModule Memory { get; }

    public AsyncMemoryCollector Collector { get; }

    public PolicyEngine Policies => _policies.Engine;

    public AutoRecallStatistics AutoRecall => _recall?.Statistics ?? new(0, 0, 0);

    public MemoryConfigurationReport? Configuration => _stages?.Live.Report;

    public DeadLetterStore DeadLetters { get; }

    public Task<DeadLetterReplay> ReplayAsync(string? id, IProgress<int>? progress, CancellationToken cancellationToken) =>
        new DeadLetterReplayer(DeadLetters, _delivery).ReplayAsync(letter => id is null || letter.Id == id, progress, cancellationToken);

    public MemoryEntry? Inspect(string id) => DeadLetters.Get(id) is { } letter ? _delivery.Compose(letter) : null;

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
            await _backend.InitializeAsync(cancellationToken).ConfigureAwait(false);
            if (_stages is not null) await _stages.CleanAsync(_backend, cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            Log.BackendNotReady(_logger, _backend.Name, exception.Message);
        }

        Operations.Begin();
        if (TriggerHub.IsAttached) Log.StartedTwice(_logger, _data.Root);
        TriggerHub.Attach(_sink);
        _stages?.Start(ApplyChanges);
        // On the thread pool, in a flow of its own: nothing of the caller's flow is kept alive, and the caller is not kept waiting.
        using (ExecutionContext.SuppressFlow())
        {
            _parts =
            [
                Task.Run(() => _pump.RunAsync(_finish.Token, _abort.Token), CancellationToken.None),
                _adopting = Task.Run(() => _adoption.RunAsync(_finish.Token), CancellationToken.None),
                Task.Run(() => _held.RunAsync(_finish.Token), CancellationToken.None),
                Task.Run(() => _retention.RunAsync(_finish.Token), CancellationToken.None),
                Task.Run(() => _policies.RememberAsync(_finish.Token), CancellationToken.None),
                Task.Run(() => Operations.RunAsync(_finish.Token), CancellationToken.None),
            ];
            _running = Task.WhenAll(_parts);
            _acting = Task.Run(() => _policies.ActAsync(_abort.Token), CancellationToken.None);
            _parts = [.. _parts, _acting];
        }

        Log.Started(_logger, _data.Root, _backend.Name);
    }

    public async Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var stored = _pump.FlushAsync(either.Token);
        await stored.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (stored.IsCompletedSuccessfully && await _held.StepAsync(either.Token).ConfigureAwait(false))
        {
        }

        cancellationToken.ThrowIfCancellationRequested();
        return stored.IsCompletedSuccessfully && !either.IsCancellationRequested;
    }

    /// <summary>Waits until what ended processes left is stored, or cannot be for now.</summary>
    public Task WaitForAdoptionAsync(CancellationToken cancellationToken) => _adopting.WaitAsync(cancellationToken);

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
        _stages?.Stop();
        TriggerHub.Detach(_sink);
        await _finish.CancelAsync().ConfigureAwait(false);

        using var deadline = new CancellationTokenSource(_options.Delivery.ShutdownTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await _running.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _policies.Complete();
        await _acting.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _abort.CancelAsync().ConfigureAwait(false);
        // A backend that ignores its token must not keep the program from ending: it gets a moment, then it is left behind.
        var ended = Task.WhenAll(_running, _acting).WaitAsync(TimeSpan.FromSeconds(1), _time, CancellationToken.None);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var pending = _journal.GetStatistics().Pending;
        if (pending > 0) Log.StoppedWithPending(_logger, pending);
        _policies.End();
        Operations.Dispose();
        _holding.Dispose();
        _webhooks.Dispose();
        _journal.Dispose();
        if (ended.IsCompletedSuccessfully) await _backend.DisposeAsync().ConfigureAwait(false);
    }

    public async Task<MemoryTriggersHealth> GetHealthAsync(CancellationToken cancellationToken)
    {
        var backend = await _backend.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
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

    private RuntimeCounts Counts() => _books.Count(Collector.GetStatistics());

    private IEnumerable<string> Problems(RuntimeCounts counts, MemoryBackendHealth backend)
    {
        if (_problem is { } problem) yield return $"the journal is in memory only: {problem}";
        else if (counts.Journal.DegradedReason is { } reason) yield return $"the journal is degraded: {reason}";
        foreach (var configured in _stages?.Problems() ?? []) yield return configured;
        foreach (var remembered in _policies.Problems) yield return remembered;
        if (_holding.Problem is { } held) yield return held;
        if (!backend.IsHealthy) yield return $"the store {backend.BackendName} is not well: {backend.Description}";
        if (counts.DroppedUnasked is > 0 and var count) yield return $"{count} records were dropped";
        if (DeadLetters.Count is > 0 and var letters) yield return $"{letters} records are dead letters";
        if (_sink.Unsynced is > 0 and var unsynced) yield return $"{unsynced} calls returned before their memory was forced to disk";
        if (CaptureFaults.Total is > 0 and var faults) yield return $"{faults} failures inside capture";
        foreach (var assembly in TriggerHub.UnwovenAssemblies) yield return $"{assembly.GetName().Name} has triggers and was not woven";
        foreach (var type in TriggerHub.ReloadedTypes) yield return $"{type.FullName} was changed by a hot reload: its edited methods are not captured";
    }

    // Policies first: only they can refuse.
    private void ApplyChanges()
    {
        _policies.Change();
        _limits.Change(_options.Types);
        _delivery.Change();
        Operations.Change();
        TriggerHub.AskAgain(_sink);
    }
}
