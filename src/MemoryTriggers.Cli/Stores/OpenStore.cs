using MemoryTriggers.Recall;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Stores;

/// <summary>A store that a command works with, beside the programs that write it.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private OpenStore(StoreFolder folder, IMemoryBackend backend, string? project, TimeProvider time)
    {
        (Folder, Backend) = (folder, backend);
        Recall = new MemoryRecall(backend, project, time);
        Memories = new MemoryModule(backend, Recall, project, time);
    }

    public StoreFolder Folder { get; }

    public IMemoryBackend Backend { get; }

    /// <summary>The store when it is SQLite.</summary>
    public SqliteMemoryBackend? Sqlite => Backend as SqliteMemoryBackend;

    public IMemoryRecall Recall { get; }

    public MemoryModule Memories { get; }

    public static async Task<OpenStore> OpenAsync(StoreFolder folder, string? project, TimeSpan timeout, TimeProvider time, CancellationToken token)
    {
        folder.RequireStore();
        var backend = Create(folder, timeout, time);
        try
        {
            await backend.InitializeAsync(token);
            return new OpenStore(folder, backend, project, time);
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Backend.DisposeAsync();

    private static IMemoryBackend Create(StoreFolder folder, TimeSpan timeout, TimeProvider time)
    {
        if (!folder.IsJson) return new SqliteMemoryBackend(new SqliteBackendOptions { Path = folder.Store, BusyTimeout = timeout, AsItIs = true }, NullLogger.Instance, time);

        JsonStore.RequireReadable(folder.Store, time);
        return new JsonFileMemoryBackend(new JsonFileBackendOptions { Path = folder.Store, LockTimeout = timeout, WarnAbove = 1_000_000 }, NullLogger.Instance, time);
    }
}
