namespace MemoryTriggers.Cli.Stores;

/// <summary>A store that is read and not written.</summary>
internal sealed class DryStore(IMemoryBackend inner) : DelegatingMemoryBackend(inner)
{
    /// <summary>The memory that would have been written last, as it would be from then on.</summary>
    public MemoryEntry? Last { get; private set; }

    public override ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        Last = batch.LastOrDefault(static entry => entry.SupersededBy is null) ?? Last;
        return default;
    }

    public override async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change,
        CancellationToken cancellationToken) =>
        await StoreAsync(change(await Inner.GetAsync(id, cancellationToken)), cancellationToken);

    public override ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => new(false);

    public override ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken) => new(0);
}
