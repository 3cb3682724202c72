using MemoryTriggers.Secrets;

namespace MemoryTriggers.Protection;

/// <summary>
/// The rule about secrets before the store: whatever writes there, captured or not, passes it. Reads are passed on. Thread-safe.
/// </summary>
internal sealed class RedactingBackend(IMemoryBackend inner, SecretRule secrets) : DelegatingMemoryBackend(inner)
{
    public override ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) =>
        Inner.StoreAsync(Redact(batch), cancellationToken);

    public override ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change,
        CancellationToken cancellationToken) =>
        Inner.ChangeAsync(id, current => Redact(change(current)), cancellationToken);

    private IReadOnlyList<MemoryEntry> Redact(IReadOnlyList<MemoryEntry> batch)
    {
        MemoryEntry[]? clean = null;
        for (var index = 0; index < batch.Count; index++)
        {
            var entry = secrets.Redact(batch[index]);
            if (ReferenceEquals(entry, batch[index])) continue;
            clean ??= [.. batch];
            clean[index] = entry;
        }

        return clean ?? batch;
    }
}
