using MemoryTriggers.Backends;
using MemoryTriggers.Backends.Cache;
using MemoryTriggers.Configuration;
using MemoryTriggers.Errors;
using MemoryTriggers.Files;
using MemoryTriggers.Operations;
using MemoryTriggers.Policies;
using MemoryTriggers.Protection;
using MemoryTriggers.Ranking;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>
/// The store, joined: the program's own, opened when it is needed, behind its circuit, with its layers and the cache of reads around it.
/// </summary>
internal sealed class StoreStage
{
    /// <param name="options">The settings.</param>
    /// <param name="registered">The store of the program; <see langword="null"/> for that of the settings.</param>
    /// <param name="data">The data folder; <see langword="null"/> when nothing can be written there.</param>
    /// <param name="configured">The stages of a configuration file.</param>
    /// <param name="webhooks">The way to webhooks.</param>
    /// <param name="counts">Reads the counts of the runtime; called at any time after the start.</param>
    /// <param name="sync">Forces the journal to disk.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="time">The clock.</param>
    public StoreStage(
        MemoryTriggersOptions options, IMemoryBackend? registered, DataDirectory? data, ConfiguredStages? configured,
        WebhookClient webhooks, Func<RuntimeCounts> counts, Func<CancellationToken, ValueTask> sync, ILoggerFactory loggers,
        TimeProvider time)
    {
        Errors = new ErrorIndex(options.AutoRecall);
        var layers = new StoreLayers(options, data, configured, Errors, loggers, time);
        var store = layers.Store(registered);
        store.GetService<IRankedStore>()?.RankBy(new MemoryRanking(options.Recall, time));
        var settings = new OperationsSettings(
            options.Operations, options.DataDirectory, options.Journal,
            () => new MemoryTriggersOptionsValidator().Validate(null, options).FailureMessage);
        var opened = new StartedBackend(store);
        Operations = new MemoryOperations(settings, store, opened, webhooks, counts, sync, loggers, time);
        Backend = layers.Around(opened, Operations.Guard);
        Protecting = layers.Protecting;
    }

    /// <summary>Learns of errors and of what resolved them.</summary>
    public ErrorIndex Errors { get; }

    public MemoryOperations Operations { get; }

    /// <summary>The store as everything else uses it.</summary>
    public CachingBackend Backend { get; }

    /// <summary>The layer that encrypts, where one does.</summary>
    public ProtectingBackend? Protecting { get; }
}
