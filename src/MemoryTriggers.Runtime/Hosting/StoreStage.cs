using MemoryTriggers.Backends;
using MemoryTriggers.Backends.Cache;
using MemoryTriggers.Configuration;
using MemoryTriggers.Errors;
using MemoryTriggers.Duplicates;
using MemoryTriggers.Files;
using MemoryTriggers.Operations;
using MemoryTriggers.Policies;
using MemoryTriggers.Problems;
using MemoryTriggers.Protection;
using MemoryTriggers.Ranking;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>
/// The store, joined: the program's own, opened when it is needed, behind its circuit, with its layers and the cache of reads around it.
/// </summary>
internal sealed class StoreStage : IStage
{
    private readonly ConfiguredStages? _configured;
    private readonly WebhookClient _webhooks;
    private readonly DeduplicatingBackend? _deduplicating;
    private readonly ILogger _logger;
    private readonly OperationsOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _opening = Task.CompletedTask;

    /// <param name="options">The settings.</param>
    /// <param name="registered">The store of the program; <see langword="null"/> for that of the settings.</param>
    /// <param name="data">The data folder; <see langword="null"/> when nothing can be written there.</param>
    /// <param name="configured">The stages of a configuration file.</param>
    /// <param name="webhooks">The way to webhooks.</param>
    /// <param name="counts">Reads the counts of the runtime; called at any time after the start.</param>
    /// <param name="sync">Forces the journal to disk.</param>
    /// <param name="problems">Learns of files that were set aside.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="clearJournal">Clears delivered records from the journal.</param>
    public StoreStage(
        MemoryTriggersOptions options, IMemoryBackend? registered, DataDirectory? data, ConfiguredStages? configured,
        WebhookClient webhooks, Func<RuntimeCounts> counts, Func<CancellationToken, ValueTask> sync, ProblemLog problems,
        ILoggerFactory loggers, TimeProvider time, Func<CancellationToken, ValueTask>? clearJournal = null)
    {
        (_configured, _webhooks, _logger) = (configured, webhooks, loggers.CreateLogger<StoreStage>());
        (_options, _time) = (options.Operations, time);
        Errors = new ErrorIndex(options.AutoRecall);
        var layers = new StoreLayers(options, data, configured, Errors, problems, loggers, time) { ClearJournal = clearJournal };
        var store = layers.Store(registered);
        store.GetService<IRankedStore>()?.RankBy(new MemoryRanking(options.Recall, time));
        var settings = new OperationsSettings(
            options.Operations, options.DataDirectory, options.Journal,
            () => new MemoryTriggersOptionsValidator().Validate(null, options).FailureMessage);
        var opened = new LazyOpenBackend(store);
        Operations = new MemoryOperations(settings, store, opened, webhooks, counts, sync, loggers, time);
        Backend = layers.Around(opened, Operations.Guard);
        (Protecting, _deduplicating) = (layers.Protecting, layers.Deduplicating);
    }

    public string Name => "store";

    /// <summary>Whether a stage still calls the store, because it did not end in time.</summary>
    public Func<bool> IsInUse { get; init; } = static () => false;

    /// <summary>Learns of errors and of what resolved them.</summary>
    public ErrorIndex Errors { get; }

    public MemoryOperations Operations { get; }

    /// <summary>Why repeats cannot be counted now, for health; <see langword="null"/> when they can, or are not to be.</summary>
    public string? Problem => _deduplicating?.Problem;

    /// <summary>The store as everything else uses it.</summary>
    public CachingBackend Backend { get; }

    /// <summary>The layer that encrypts, where one does.</summary>
    public ProtectingBackend? Protecting { get; }

    /// <summary>
    /// Opens the store. One that cannot be opened now is opened when it is needed; one that takes too long is opened in the background.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // On another thread: a store may block before its first await.
        using (ExecutionContext.SuppressFlow()) _opening = Task.Run(() => OpenAsync(_stop.Token), CancellationToken.None);
        try
        {
            await _opening.WaitAsync(_options.StartTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.BackendSlow(_logger, Backend.Name, _options.StartTimeout);
        }
    }

    /// <summary>Ends when the store is open, or cannot be opened for now.</summary>
    public Task Opening => _opening;

    public async Task StopAsync(CancellationToken deadline)
    {
        _webhooks.Dispose();
        await _stop.CancelAsync().ConfigureAwait(false);
        // A store that ignores its token must not keep the program from ending: it is left behind.
        await _opening.WaitAsync(StageLoops.Grace, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_opening.IsCompleted || IsInUse()) return;
        await Backend.DisposeAsync().AsTask().WaitAsync(StageLoops.Grace, _time, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        try
        {
            await Backend.InitializeAsync(cancellationToken).ConfigureAwait(false);
            if (_configured is not null) await _configured.CleanAsync(Backend, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (MemoryBackendException exception)
        {
            Log.BackendNotReady(_logger, Backend.Name, exception.Message);
        }
    }
}
