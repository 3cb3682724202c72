using MemoryTriggers.Backends;

namespace MemoryTriggers.Operations;

/// <summary>Last: whether what was taken is safe on disk, and whether the store's own file is intact, where it has one.</summary>
/// <param name="sync">Forces the journal to disk.</param>
/// <param name="store">The store as the program gave it.</param>
internal sealed class PersistenceStrategy(Func<CancellationToken, ValueTask> sync, IMemoryBackend store) : IRecoveryStrategy
{
    public string Name => "persistence";

    public async ValueTask<string> TryAsync(CancellationToken cancellationToken)
    {
        await sync(cancellationToken).ConfigureAwait(false);
        var checkedFiles = 0;
        foreach (var database in Databases(store).Where(static database => database.IsOpen))
        {
            var damage = await database.CheckIntegrityAsync(cancellationToken).ConfigureAwait(false);
            if (damage.Count > 0)
            {
                throw new InvalidDataException(
                    $"the database is damaged in {damage.Count} places; the next write saves what can be read into a new one");
            }

            checkedFiles++;
        }

        return checkedFiles == 0 ? "the journal is on disk" : "the journal is on disk, and the database is intact";
    }

    // Also those of a chain.
    private static IEnumerable<SqliteMemoryBackend> Databases(IMemoryBackend store)
    {
        if (store.GetService<SqliteMemoryBackend>() is { } database) return [database];
        return store.GetService<ICompositeStore>() is { } composite ? composite.Stores.SelectMany(Databases) : [];
    }
}
