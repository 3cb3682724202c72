using MemoryTriggers.Recall;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Memories;

/// <summary>A memory module over a store of its own.</summary>
internal static class MemoryModuleOpening
{
    public static async ValueTask<MemoryModule> OpenAsync(MemoryModuleOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Directory);
        var backend = Create(options, time);
        try
        {
            await backend.InitializeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await backend.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new MemoryModule(backend, new MemoryRecall(backend, options.Project, time), options.Project, time,
            close: backend.DisposeAsync);
    }

    private static IMemoryBackend Create(MemoryModuleOptions options, TimeProvider time)
    {
        var folder = Path.GetFullPath(options.Directory);
        return options.BackendType switch
        {
            "sqlite" =>
                new SqliteMemoryBackend(new SqliteBackendOptions { Path = Path.Combine(folder, "memory.db") }, NullLogger.Instance, time),
            "json" =>
                new JsonFileMemoryBackend(new JsonFileBackendOptions { Path = Path.Combine(folder, "memory.json") },
                    NullLogger.Instance, time),
            "memory" => new InMemoryMemoryBackend(),
            _ => throw new ArgumentException($"Unknown backend type: {options.BackendType}. Known are sqlite, json and memory.",
                nameof(options)),
        };
    }
}
