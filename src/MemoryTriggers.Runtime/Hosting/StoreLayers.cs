using MemoryTriggers.Configuration;
using MemoryTriggers.Duplicates;
using MemoryTriggers.Errors;
using MemoryTriggers.Files;
using MemoryTriggers.Protection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>The store, and what a memory goes through on its way into it.</summary>
/// <param name="options">The settings.</param>
/// <param name="data">The data folder; <see langword="null"/> when nothing can be written there.</param>
/// <param name="stages">The stages of a configuration file.</param>
/// <param name="errors">Learns of errors and of what resolved them.</param>
/// <param name="loggers">Where to log.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreLayers(MemoryTriggersOptions options, DataDirectory? data, ConfiguredStages? stages, ErrorIndex errors,
    ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>The layer that encrypts, where one does.</summary>
    public ProtectingBackend? Protecting { get; private set; }

    /// <summary>The store of the program, else that of the configuration, else SQLite in the data folder.</summary>
    public IMemoryBackend Store(IMemoryBackend? registered) => registered ?? stages?.Store(Usual) ?? Usual();

    /// <summary>The layers around a store: the memory passes the last one first.</summary>
    public IMemoryBackend Around(IMemoryBackend backend)
    {
        if (stages is not null) backend = stages.Watched(backend);
        if (options.Protection.IsOn)
        {
            var keys = EncryptionKeys.Load(options.Protection, loggers.CreateLogger<ProtectingBackend>());
            backend = Protecting = new ProtectingBackend(backend, new ValueProtection(keys, options.Protection.CompressAbove));
        }

        if (options.Duplicates.IsOn) backend = new DeduplicatingBackend(backend, options.Duplicates, data?.Repeats, time);
        foreach (var layer in options.Layers) backend = layer(backend, data?.Root, loggers, time);
        return options.AutoRecall.Link
            ? new ErrorLinkingBackend(backend, errors, time, loggers.CreateLogger<ErrorLinkingBackend>())
            : backend;
    }

    private IMemoryBackend Usual()
    {
        if (data is null) return new InMemoryMemoryBackend();
        // A relative path is relative to the data folder.
        options.Sqlite.Path = Path.Combine(data.Root, options.Sqlite.Path);
        return new SqliteMemoryBackend(options.Sqlite, loggers.CreateLogger<SqliteMemoryBackend>(), time);
    }
}
