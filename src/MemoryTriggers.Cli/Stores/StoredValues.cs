using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Protection;

namespace MemoryTriggers.Cli.Stores;

/// <summary>
/// A store whose values may be compressed or encrypted. A value that cannot be read is shown as such, and is not changed.
/// </summary>
internal sealed class StoredValues(IMemoryBackend inner, EncryptionKeys? keys) : DelegatingMemoryBackend(inner)
{
    private readonly ValueProtection _protection = new(keys, compressAbove: null);

    public override ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) =>
        Inner.StoreAsync(Protect(batch), cancellationToken);

    public override async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await Inner.GetAsync(id, cancellationToken) is { } entry ? Read(entry) : null;

    public override async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        [.. (await Inner.QueryAsync(query, cancellationToken)).Select(Read)];

    public override async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query,
        CancellationToken cancellationToken) =>
        [.. (await Inner.SearchAsync(text, query, cancellationToken)).Select(hit => hit with { Entry = Read(hit.Entry) })];

    public override async ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken) =>
        [.. (await Inner.GetManyAsync(ids, cancellationToken)).Select(Read)];

    public override ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change,
        CancellationToken cancellationToken) =>
        Inner.ChangeAsync(id, current => current is not null && IsLocked(current)
            ? Unchanged(current, change(current))
            : Protect(change(current is null ? null : _protection.Unprotect(current, Name))), cancellationToken);

    /// <summary>A memory as it was before it was stored, as far as the keys go.</summary>
    public MemoryEntry Read(MemoryEntry entry) => _protection.Show(entry);

    private bool IsLocked(MemoryEntry entry) =>
        keys is null && ValueEnvelope.IsMarked(entry.Value) && ValueEnvelope.Read(entry.Value) is { Key: not null };

    private MemoryEntry[] Protect(IReadOnlyList<MemoryEntry> batch) => [.. batch.Select(entry => _protection.Protect(entry))];

    // An encrypted value belongs to its memory: a copy under another id, as a version is, could never be read again.
    private static IReadOnlyList<MemoryEntry> Unchanged(MemoryEntry current, IReadOnlyList<MemoryEntry> changed) =>
        changed.All(entry => entry.Id == current.Id && entry.Value.Equals(current.Value)) ? changed
            : throw new CommandException($"The value of the memory {current.Id} is encrypted: give the keys with --key-file.");
}
