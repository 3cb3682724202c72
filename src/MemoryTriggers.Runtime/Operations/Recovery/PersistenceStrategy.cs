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
        if (store.GetService<SqliteMemoryBackend>() is not { } sqlite) return "the journal is on disk";

        var damage = await sqlite.CheckIntegrityAsync(cancellationToken).ConfigureAwait(false);
        return damage.Count == 0
            ? "the journal is on disk, and the database is intact"
            : throw new InvalidDataException($"the database is damaged in {damage.Count} places; the next start saves what can be " +
                "saved into a new one");
    }
}
