using System.Diagnostics.Metrics;
using MemoryTriggers.Backends;
using MemoryTriggers.Circuits;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Policies;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>
/// What looks after the runtime: the circuit of the store, the health loop with its recovery, the looks at counts for alerts and trends,
/// and the instruments. Thread-safe.
/// </summary>
internal sealed class MemoryOperations : IDisposable
{
    private readonly OperationsSettings _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<RuntimeCounts> _counts;
    private readonly IMemoryBackend _store;
    private readonly Meter _meter;
    private readonly StoreMeasures _measures;
    private readonly OperationInstruments _instruments;
    private readonly CircuitBreaker? _own;
    private readonly HealthMonitor _monitor;
    private readonly RecoveryRunner _recovery;
    private readonly CountWatch _watch;
    private readonly AlertDispatcher _dispatcher;
    private readonly AlertChannels _channels;
    private readonly MetricsHistoryWatch _history;
    private readonly Lock _counting = new();
    private SharingLoop? _sharing;
    private ProcessStatusLoop? _status;
    private RuntimeCounts? _final;
    private TimeSpan _initialization;

    /// <param name="options">The settings.</param>
    /// <param name="store">The store as the program gave it.</param>
    /// <param name="opened">The same, opened when it is needed.</param>
    /// <param name="webhooks">The way to webhooks.</param>
    /// <param name="counts">Reads the counts of the runtime; called at any time after the start.</param>
    /// <param name="sync">Forces the journal to disk.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="time">The clock.</param>
    public MemoryOperations(
        OperationsSettings options, IMemoryBackend store, IMemoryBackend opened, WebhookClient webhooks, Func<RuntimeCounts> counts,
        Func<CancellationToken, ValueTask> sync, ILoggerFactory loggers, TimeProvider time)
    {
        (_options, _store, _counts, _time) = (options, store, counts, time);
        var settings = options.Operations;
        _logger = loggers.CreateLogger<MemoryOperations>();
        StartedAt = time.GetUtcNow();
        _meter = Telemetry.Meter(settings.Meters);
        _instruments = new OperationInstruments(_meter);
        _measures = new StoreMeasures(settings.Alerts.SlowOperation);
        if (store.GetService<ICompositeStore>() is { } composite) composite.HealthCheckTimeout = () => settings.HealthCheckTimeout;
        var owner = store.GetService<ICircuitOwner>();
        _own = owner is null ? new CircuitBreaker(store.Name, settings.CircuitBreaker, time, _logger) : null;
        CircuitBreakers = owner?.CircuitBreakers ?? [_own!];
        foreach (var circuit in CircuitBreakers) circuit.StateChanged += (_, changed) => _instruments.Changed(changed.Backend, changed.To);
        _monitor = new HealthMonitor(opened, CircuitBreakers, settings, time, _logger);
        _recovery = new RecoveryRunner(
            [new ServiceHealthStrategy(), new ConfigurationStrategy(options.DataDirectory, options.FindProblem),
                new ConnectivityStrategy(opened), new PersistenceStrategy(sync, store)],
            _monitor.CheckAsync, settings.CircuitBreaker.OperationTimeout, _instruments, time, _logger);
        Age = new QueueAge(time);
        _channels = new AlertChannels(settings.Alerts, webhooks, loggers, _logger);
        _dispatcher = new AlertDispatcher(() => _channels.Current, settings.Alerts, time, _logger);
        _watch = new CountWatch(this, settings, _dispatcher, _instruments, time, _logger);
        var files = new MetricsHistoryFiles(Path.Combine(Path.GetFullPath(options.DataDirectory), "metrics"), time);
        _history = new MetricsHistoryWatch(() => Counts().Values, _measures, files, settings.MetricsHistory, time, _logger);
    }

    public IReadOnlyList<CircuitBreaker> CircuitBreakers { get; }

    public QueueAge Age { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>The strategies that were tried last, oldest first.</summary>
    public IReadOnlyList<RecoveryAttempt> Recoveries => _recovery.History;

    /// <summary>Alerts that are not over, and the last ones that are.</summary>
    public AlertBook Alerts => _watch.Book;

    /// <summary>Calls of the store so far.</summary>
    public StoreCounts StoreCounts => _measures.Counts;

    /// <summary>Why the store counts as away; <see langword="null"/> when it does not.</summary>
    public string? StoreProblem
    {
        get
        {
            if (_monitor.History.Last is { IsHealthy: false } last) return $"the store {last.BackendName} is unhealthy: {last.Description}";
            return CircuitBreakers.All(static circuit => circuit.State == CircuitState.Open)
                ? $"the circuit of store {_store.Name} is open: it has failed too often, or was isolated"
                : null;
        }
    }

    /// <summary>The counts of the runtime; after the stop, the last ones.</summary>
    public RuntimeCounts Counts()
    {
        // A collector of metrics may ask at any time, also when the journal is gone.
        lock (_counting) return _final ?? _counts();
    }

    /// <summary>The free space on the disk of the data folder, in bytes; <see langword="null"/> when unknown.</summary>
    public long? FreeDisk()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(_options.DataDirectory)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Sends an alert of a policy to the channels of those names; to all when there are none.</summary>
    public void Raise(MemoryAlert alert, IReadOnlyList<string> channels) => _dispatcher.Add(alert, channels);

    /// <summary>Puts a store behind its circuit, and measures it.</summary>
    public IMemoryBackend Guard(IMemoryBackend opened) =>
        new GuardedBackend(opened, _own, _options.Operations, _measures, _instruments, _time);

    /// <summary>Shares circuits and limits with other processes, if the store can hold their state. Once, before the start.</summary>
    public void Share(PolicyEngine policies)
    {
        if (_store.GetService<ISharingStore>()?.SharedState is not { } shared) return;
        _sharing = new SharingLoop(shared, CircuitBreakers, shared.SharesLimits ? policies.ShareLimits() : null,
            _options.Operations.HealthCheckTimeout, _time, _logger);
    }

    /// <summary>Writes the status of the process into a folder while it runs. Once, before the start.</summary>
    public void PublishIn(string? folder)
    {
        if (folder is null) return;
        _status = new ProcessStatusLoop(
            new ProcessStatusFile(folder, _logger), this, () => _options.Operations.HealthCheckInterval, _time);
        foreach (var circuit in CircuitBreakers) circuit.StateChanged += (_, _) => _status.Changed();
    }

    /// <summary>The runtime is complete, its store open or tried: from here on its counts can be collected.</summary>
    public void Begin()
    {
        _initialization = _time.GetUtcNow() - StartedAt;
        RecordInstruments.Add(_meter, this);
    }

    /// <summary>Looks at the options again; intervals, deadlines, thresholds and channels may have changed.</summary>
    public void Change()
    {
        _monitor.Change();
        _history.Change();
        _channels.Change();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        Task[] loops =
        [
            _monitor.RunAsync(_recovery, cancellationToken), _watch.RunAsync(cancellationToken), _history.RunAsync(cancellationToken),
            _dispatcher.RunAsync(cancellationToken),
            _sharing?.RunAsync(cancellationToken) ?? Task.CompletedTask, _status?.RunAsync(cancellationToken) ?? Task.CompletedTask,
        ];
        // One that fails is known at once, and not only when the others end.
        await foreach (var ended in Task.WhenEach(loops).ConfigureAwait(false)) await ended.ConfigureAwait(false);
    }

    /// <summary>Tries to bring the store back, now.</summary>
    public async Task<RecoveryReport> RecoverAsync(bool all, CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        var report = await _recovery.RunAsync(all, cancellationToken).ConfigureAwait(false);
        if (report.IsRecovered) _monitor.LetTry();
        return report;
    }

    /// <summary>Adds to health what is known here.</summary>
    public MemoryTriggersHealth Complete(MemoryTriggersHealth health, RuntimeCounts counts)
    {
        var problems = health.Problems.ToList();
        problems.AddRange(CircuitBreakers.Where(static circuit => circuit.State == CircuitState.Open)
            .Select(static circuit => $"the circuit of the store {circuit.Backend} is open"));
        if (_measures.RecentErrorRate is var rate && rate > _options.Operations.Alerts.ErrorRate)
            problems.Add(FormattableString.Invariant($"{rate:P0} of the last calls of the store failed"));
        if (_sharing?.Problem is { } reason)
            problems.Add($"the shared state cannot be reached, and this process uses its own circuits and limits: {reason}");
        return health with
        {
            Problems = problems,
            Status = Status(health.Backend.IsHealthy, problems.Count == 0),
            Metrics = Metrics(counts, Status(health.Backend.IsHealthy, problems.Count == 0)),
            Recoveries = Recoveries,
            IsQueueSizeFine = counts.Journal.Lanes.Sum(static lane => lane.PendingBytes) < 0.9 * _options.Journal.MaxBytes,
        };
    }

    public MemoryMetrics Metrics()
    {
        var isStoreWell = _monitor.History.Last is not { IsHealthy: false };
        return Metrics(Counts(),
            Status(isStoreWell, isStoreWell && CircuitBreakers.All(static circuit => circuit.State == CircuitState.Closed)));
    }

    public void Dispose()
    {
        lock (_counting) _final ??= _counts();
        _meter.Dispose();
    }

    private MemoryServiceStatus Status(bool isStoreWell, bool isAllWell)
    {
        if (_recovery.IsRunning) return MemoryServiceStatus.Recovering;
        // A chain of which one store is there takes and answers everything.
        var isSomeoneThere = CircuitBreakers.Count > 1 && CircuitBreakers.Any(static circuit => circuit.State == CircuitState.Closed);
        if (!isSomeoneThere && (!isStoreWell || CircuitBreakers.All(static circuit => circuit.State == CircuitState.Open)))
            return MemoryServiceStatus.Unhealthy;
        return isAllWell && Alerts.Active.Count == 0 ? MemoryServiceStatus.Healthy : MemoryServiceStatus.Degraded;
    }

    private MemoryMetrics Metrics(RuntimeCounts counts, MemoryServiceStatus status)
    {
        var history = _monitor.History;
        var chain = _store.GetService<BackendChain>();
        var ages = Age.Look(counts.Journal.Lanes);
        return new MemoryMetrics
        {
            Timestamp = _time.GetUtcNow(),
            StartedAt = StartedAt,
            InitializationTime = _initialization,
            Status = status,
            ActiveBackend = chain?.ActiveBackend ?? _store.Name,
            Fallbacks = chain?.Use.Fallbacks ?? 0,
            Switches = chain?.Use.Switches ?? 0,
            IsCaptureOn = counts.IsCaptureOn,
            IsCacheOn = counts.IsCacheOn,
            Accepted = counts.Accepted,
            Stored = counts.Stored,
            Denied = counts.Denied,
            Counted = counts.Counted,
            DeadLettered = counts.DeadLettered,
            Pending = counts.Pending,
            Active = counts.Journal.Lanes.Sum(static lane => lane.Read - lane.Acknowledged),
            LastStored = _measures.LastStored,
            Dropped = counts.Dropped,
            CaptureFaults = counts.CaptureFaults,
            Triggers = counts.Journal.Definitions,
            AcceptedByPriority = counts.Journal.Lanes.ToDictionary(static lane => lane.Lane, static lane => lane.Accepted + lane.Recovered),
            StoredByType = _measures.StoredByType,
            QueueAge = ages.Count > 0 ? ages.Values.Max() : TimeSpan.Zero,
            JournalBytes = counts.Journal.AllocatedBytes,
            QuarantinedParts = counts.Journal.QuarantineFiles,
            QuarantinedBytes = counts.Journal.QuarantineBytes,
            QuarantineRemoved = counts.Journal.QuarantineRemoved,
            Collection = counts.Collection,
            Policies = counts.Policies,
            TotalPolicies = counts.PolicySet.Policies.Count + counts.PolicySet.Rules.Count,
            EnabledPolicies = counts.PolicySet.Policies.Count(static policy => policy.Enabled)
                + counts.PolicySet.Rules.Count(static rule => rule.Enabled),
            TypePolicies = counts.PolicySet.Policies,
            Hooks = counts.Hooks,
            ActiveContexts = counts.ActiveContexts,
            Operations = _measures.Operations,
            CircuitBreakers = [.. CircuitBreakers.Select(static circuit => circuit.GetStatus())],
            HealthChecks = history.Checks,
            SuccessfulHealthChecks = history.Successes,
            HealthCheckInterval = _options.Operations.HealthCheckInterval,
            UptimePercentage = history.UptimePercentage,
            LastHealthCheck = history.LastAt,
            RecoveryAttempts = _recovery.Attempts,
            ActiveAlerts = Alerts.Active,
            AlertsRaised = Alerts.Raised,
            Prediction = _watch.Prediction,
        };
    }
}
