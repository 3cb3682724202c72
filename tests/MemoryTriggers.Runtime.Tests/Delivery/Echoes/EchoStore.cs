namespace MemoryTriggers.Delivery.Echoes;

/// <summary>A store in memory that counts the questions, and fails or waits when it is to.</summary>
internal sealed class EchoStore() : DelegatingMemoryBackend(new InMemoryMemoryBackend())
{
    private int _changes;
    private int _questions;

    /// <summary>Runs before each batch; may throw or wait.</summary>
    public Func<IReadOnlyList<MemoryEntry>, CancellationToken, Task> BeforeStore { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Runs before each change; may throw or wait.</summary>
    public Func<Guid, CancellationToken, Task> BeforeChange { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>How often a memory was changed.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>How often it was asked for memories.</summary>
    public int Questions => Volatile.Read(ref _questions);

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await BeforeStore(batch, cancellationToken);
        await Inner.StoreAsync(batch, cancellationToken);
    }

    public override async ValueTask ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _changes);
        await BeforeChange(id, cancellationToken);
        await Inner.ChangeAsync(id, change, cancellationToken);
    }

    public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _questions);
        return Inner.QueryAsync(query, cancellationToken);
    }

    /// <summary>All that is stored, oldest first, as a person could compare it.</summary>
    public async Task<IReadOnlyList<MemoryEntry>> AllAsync(CancellationToken cancellationToken) =>
        [.. (await Inner.QueryAsync(new() { AllProjects = true }, cancellationToken)).OrderBy(static entry => entry.Id)];

    /// <summary>A failure that passes by itself.</summary>
    public static MemoryBackendException Outage() => new("echoes", "down", isTransient: true);

    /// <summary>The store's own word.</summary>
    public static MemoryBackendException Refusal() => new("echoes", "refused", isTransient: false);
}
