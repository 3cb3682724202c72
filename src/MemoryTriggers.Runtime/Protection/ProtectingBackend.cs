using MemoryTriggers.Backends;

namespace MemoryTriggers.Protection;

/// <summary>Compresses and encrypts values on their way into a store, and undoes that on their way out. Thread-safe.</summary>
internal sealed class ProtectingBackend(IMemoryBackend inner, ValueProtection protection) : DelegatingMemoryBackend(inner)
{
    public override ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) =>
        Inner.StoreAsync(Protect(batch), cancellationToken);

    public override async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await Inner.GetAsync(id, cancellationToken).ConfigureAwait(false) is { } entry ? Unprotect(entry) : null;

    public override async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        [.. (await Inner.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Select(protection.Show)];

    public override async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query,
        CancellationToken cancellationToken) =>
        [.. (await Inner.SearchAsync(text, query, cancellationToken).ConfigureAwait(false))
            .Select(hit => hit with { Entry = protection.Show(hit.Entry) })];

    public override async ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken) =>
        [.. (await Inner.GetManyAsync(ids, cancellationToken).ConfigureAwait(false)).Select(protection.Show)];

    public override ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change,
        CancellationToken cancellationToken) =>
        Inner.ChangeAsync(id, current => Protect(change(current is null ? null : Unprotect(current))), cancellationToken);

    /// <summary>Encrypts all values that are not encrypted with the present key.</summary>
    /// <param name="progress">Receives the number of scanned memories.</param>
    /// <param name="cancellationToken">Stops; what is done by then is done.</param>
    /// <returns>How many.</returns>
    /// <exception cref="MemoryBackendException">A value cannot be read, and is as it was; all others are done.</exception>
    public async ValueTask<long> RotateAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var rotated = await RewriteAsync(new MemoryQuery { AllProjects = true }, protection.IsOutdated, compress: false, progress,
            cancellationToken).ConfigureAwait(false);
        // What was plain, or encrypted with a key that is to go, is in no page any more.
        if (rotated > 0 && Inner.GetService<IPurgingStore>() is { } store)
            await store.PurgeAsync(cancellationToken).ConfigureAwait(false);
        return rotated;
    }

    /// <summary>Compresses the values of memories that were made in a span of time.</summary>
    /// <returns>How many.</returns>
    public ValueTask<long> CompressAsync(DateTimeOffset? since, DateTimeOffset until, CancellationToken cancellationToken) =>
        RewriteAsync(new MemoryQuery { AllProjects = true, Since = since, Until = until }, ValueProtection.IsCompressible, compress: true,
            progress: null, cancellationToken);

    private async ValueTask<long> RewriteAsync(
        MemoryQuery query, Func<MemoryEntry, bool> isDue, bool compress, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        long seen = 0, rewritten = 0;
        MemoryBackendException? unreadable = null;
        await foreach (var stored in Inner.ReadAllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            progress?.Report(++seen);
            if (!isDue(stored)) continue;

            if (UnreadableValue.Is(protection.Show(stored).Value))
            {
                unreadable ??= new MemoryBackendException(Name,
                    $"the value of the memory {stored.Id}, and perhaps others, cannot be read and is as it was", isTransient: false);
                continue;
            }

            // In a transaction: it may be changed meanwhile.
            await Inner.ChangeAsync(
                stored.Id,
                current => current is not null && isDue(current) ? [protection.Protect(Unprotect(current), compress)] : [],
                cancellationToken).ConfigureAwait(false);
            rewritten++;
        }

        return unreadable is null ? rewritten : throw unreadable;
    }

    private MemoryEntry[] Protect(IReadOnlyList<MemoryEntry> batch) => [.. batch.Select(entry => protection.Protect(entry))];

    private MemoryEntry Unprotect(MemoryEntry entry) => protection.Unprotect(entry, Name);
}
