using MemoryTriggers.Recall;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Memories;

/// <summary>A memory module over a store of its own.</summary>
internal static class MemoryModuleOpening
{
    public static async ValueTask<MemoryModule> OpenAsync(
        string directory, string backendType, string? project, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var backend = Create(Path.GetFullPath(directory), backendType, time);
        try
        {
            await backend.InitializeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await backend.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new MemoryModule(backend, new MemoryRecall(backend, project, time), project, time, close: backend.DisposeAsync);
    }

    private static IMemoryBackend Create(string folder, string backendType, TimeProvider time) => backendType switch
    {
        "sqlite" =>
            new SqliteMemoryBackend(new SqliteBackendOptions { Path = Path.Combine(folder, "memory.db") }, NullLogger.Instance, time),
        "json" =>
            new JsonFileMemoryBackend(new JsonFileBackendOptions { Path = Path.Combine(folder, "memory.json") }, NullLogger.Instance, time),
        "memory" => new InMemoryMemoryBackend(),
        _ => throw new ArgumentException(
            $"Unknown backend type: {backendType}. Known are sqlite, json and memory.", nameof(backendType)),
    };
}
