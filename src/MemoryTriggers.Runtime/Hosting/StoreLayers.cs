using MemoryTriggers.Backends;
using MemoryTriggers.Backends.Cache;
using MemoryTriggers.Configuration;
using MemoryTriggers.Duplicates;
using MemoryTriggers.Errors;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using MemoryTriggers.Protection;
using MemoryTriggers.Secrets;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>The store, and what a memory goes through on its way into it.</summary>
/// <param name="options">The settings.</param>
/// <param name="data">The data folder; <see langword="null"/> when nothing can be written there.</param>
/// <param name="stages">The stages of a configuration file.</param>
/// <param name="errors">Learns of errors and of what resolved them.</param>
/// <param name="problems">Learns of files that were set aside.</param>
/// <param name="loggers">Where to log.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreLayers(MemoryTriggersOptions options, DataDirectory? data, ConfiguredStages? stages, ErrorIndex errors,
    ProblemLog problems, ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>Clears delivered records from the journal, where there is one.</summary>
    public Func<CancellationToken, ValueTask>? ClearJournal { get; init; }

    /// <summary>The layer that encrypts, where one does.</summary>
    public ProtectingBackend? Protecting { get; private set; }

    /// <summary>The layer that counts repeats, where one does.</summary>
    public DeduplicatingBackend? Deduplicating { get; private set; }

    /// <summary>The store of the program, else that of the configuration, else SQLite in the data folder.</summary>
    public IMemoryBackend Store(IMemoryBackend? registered)
    {
        var store = registered ?? stages?.Store(Usual) ?? Usual();
        IFileStore.BeginAt(store, options.DataDirectory);
        return store;
    }

    /// <summary>The store with all its layers.</summary>
    /// <param name="opened">The store, opened when it is needed.</param>
    /// <param name="guard">Puts it behind its circuit breaker.</param>
    public CachingBackend Around(LazyOpenBackend opened, Func<IMemoryBackend, IMemoryBackend> guard)
    {
        var writes = new RecentWrites();
        // From the inside out: a call passes the last one first, after the cache of reads.
        IReadOnlyList<Func<IMemoryBackend, IMemoryBackend>> layers =
        [
            Retry, // the configuration's repetition of reads, and its log of operations
            guard, // circuit breaker, measures, and the one time limit of a call
            Protect, // encryption and compression of values
            inner => new WriteNotingBackend(inner, writes), // for the cache: also what the layers above write on their own
            Deduplicate, // repeats are counted, similar memories linked
            .. options.Layers.Select(FromOutside), // layers of other packages, such as search by meaning
            LinkErrors, // fingerprints of errors, and their resolutions
            Forget, // what is deleted leaves the journal, too
            Redact, // secrets end here, whatever writes
        ];
        var layered = layers.Aggregate((IMemoryBackend)opened, static (inner, layer) => layer(inner));
        var findsByWords = options.Layers.Count == 0 && CachingBackend.FindsByWords(opened);
        return new CachingBackend(layered, options.ReadCache, writes, time, findsByWords);
    }

    private IMemoryBackend Retry(IMemoryBackend inner) => stages?.Retrying(inner) ?? inner;

    private IMemoryBackend Protect(IMemoryBackend inner)
    {
        // Without keys and limits nothing is changed; what others have encrypted is still no value.
        if (!options.Protection.IsOn) return new ProtectingBackend(inner, new ValueProtection(null, null));
        var keys = EncryptionKeys.Load(options.Protection, options.DataDirectory, loggers.CreateLogger<ProtectingBackend>());
        return Protecting = new ProtectingBackend(
            inner, new ValueProtection(keys, options.Protection.CompressAbove, options.Protection.ValuesInLines));
    }

    private IMemoryBackend Deduplicate(IMemoryBackend inner) =>
        options.Duplicates.IsOn
            ? Deduplicating = new DeduplicatingBackend(inner, options.Duplicates, data?.Repeats, problems, time)
            : inner;

    private Func<IMemoryBackend, IMemoryBackend> FromOutside(MemoryLayer layer) => inner => layer(inner, data?.Root, loggers, time);

    private IMemoryBackend LinkErrors(IMemoryBackend inner) =>
        options.AutoRecall.Link
            ? new ErrorLinkingBackend(
                inner, errors, time, loggers.CreateLogger<ErrorLinkingBackend>(), options.AutoRecall.MaxErrors)
            : inner;

    private IMemoryBackend Forget(IMemoryBackend inner) =>
        ClearJournal is { } clear ? new ForgettingBackend(inner, clear, loggers.CreateLogger<ForgettingBackend>()) : inner;

    private static IMemoryBackend Redact(IMemoryBackend inner) => new RedactingBackend(inner, SecretRule.Usual);

    private IMemoryBackend Usual()
    {
        if (data is null) return new InMemoryMemoryBackend();
        return new SqliteMemoryBackend(options.Sqlite, loggers.CreateLogger<SqliteMemoryBackend>(), time);
    }
}
