using MemoryTriggers.Protection;
using MemoryTriggers.Recall;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Stores;

/// <summary>A store that a command works with, beside the programs that write it.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly StoredValues _values;

    private OpenStore(IMemoryBackend backend, EncryptionKeys? keys, string? project, TimeProvider time)
    {
        _values = new StoredValues(backend, keys);
        Sqlite = backend.GetService<SqliteMemoryBackend>();
        Recall = new MemoryRecall(_values, project, time);
        Memories = new MemoryModule(_values, Recall, project, time);
        Dry = new DryStore(_values);
        DryMemories = new MemoryModule(Dry, Recall, project, time);
    }

    public IMemoryBackend Backend => _values;

    /// <summary>The store itself when it is SQLite, with values as stored.</summary>
    public SqliteMemoryBackend? Sqlite { get; }

    public IMemoryRecall Recall { get; }

    public MemoryModule Memories { get; }

    /// <summary>The same as <see cref="Memories"/>, but that nothing is written: <see cref="Dry"/> has what would have been.</summary>
    public MemoryModule DryMemories { get; }

    public DryStore Dry { get; }

    /// <summary>Opens a store; it is disposed of with what is returned.</summary>
    public static async Task<OpenStore> OpenAsync(IMemoryBackend backend, EncryptionKeys? keys, string? project, TimeProvider time,
        CancellationToken token)
    {
        try
        {
            await backend.InitializeAsync(token);
            return new OpenStore(backend, keys, project, time);
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    /// <summary>A memory that was read from <see cref="Sqlite"/>, with its value as it was before it was stored.</summary>
    public MemoryEntry Read(MemoryEntry entry) => _values.Read(entry);

    public ValueTask DisposeAsync() => Backend.DisposeAsync();

    /// <summary>The store of a data folder.</summary>
    /// <exception cref="Conventions.CommandException">There is none.</exception>
    public static IMemoryBackend Create(StoreFolder folder, TimeSpan timeout, TimeProvider time)
    {
        folder.RequireStore();
        if (folder.IsLiteDb) return LiteDbStore.Create(folder.Store, timeout, time);
        if (!folder.IsJson)
            return new SqliteMemoryBackend(new SqliteBackendOptions { Path = folder.Store, BusyTimeout = timeout, OpensExisting = true },
                NullLogger.Instance, time);

        JsonStore.RequireReadable(folder.Store, time);
        return new JsonFileMemoryBackend(new JsonFileBackendOptions { Path = folder.Store, LockTimeout = timeout, WarnAbove = 1_000_000 },
            NullLogger.Instance, time);
    }
}
