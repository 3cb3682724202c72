using MemoryTriggers.Recall;

namespace MemoryTriggers.Memories;

/// <summary>
/// Memories with one current value for each <see cref="MemoryName"/>. Reads past the cache of reads, because another
/// process may have written. Thread-safe.
/// </summary>
/// <param name="backend">The store, without its cache.</param>
/// <param name="history">Deletes.</param>
/// <param name="composing">Makes memories.</param>
/// <param name="project">The configured project.</param>
/// <param name="time">The clock.</param>
internal sealed class NamedMemories(
    IMemoryBackend backend, MemoryHistory history, DraftComposing composing, string? project, TimeProvider time)
{
    private static readonly MemoryQuery Everything = new() { AllProjects = true };

    /// <summary>Makes a value the current one of its name; the earlier one stays in its history.</summary>
    /// <returns>The id, which depends on the name only.</returns>
    public async ValueTask<Guid> PutAsync(MemoryDraft draft, CancellationToken cancellationToken)
    {
        var composed = composing.Make(draft);
        var made = composed with { Id = MemoryName.Of(composed).ToId() };
        using var suppressed = TriggerHub.SuppressCapture();
        var others = (await CurrentAsync(made, cancellationToken).ConfigureAwait(false)).FindAll(entry => entry.Id != made.Id);
        await backend.ChangeAsync(
            made.Id, current => MemoryVersions.Replace(current, made, others, draft.Module, time.GetUtcNow()), cancellationToken)
            .ConfigureAwait(false);
        return made.Id;
    }

    /// <summary>The current value of a name, else the newest of that key that the scope shows, such as that of no user.</summary>
    public async ValueTask<MemoryEntry?> GetAsync(MemoryDraft draft, CancellationToken cancellationToken)
    {
        var like = composing.Make(draft);
        using var suppressed = TriggerHub.SuppressCapture();
        return Latest(await CurrentAsync(like, cancellationToken).ConfigureAwait(false))
            ?? await ReadAsync(Shown(like), cancellationToken).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The current value of every name that differs from a given one in the key only, and others that the scope shows.</summary>
    public async ValueTask<IReadOnlyList<MemoryEntry>> GetAllAsync(MemoryDraft draft, CancellationToken cancellationToken)
    {
        var like = composing.Make(draft);
        using var suppressed = TriggerHub.SuppressCapture();
        var query = Own(like) with { Key = null };
        var own = await ReadAsync(query, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        // What was set while the pages were read has moved to the front.
        if (own.Count > 0)
            own.AddRange(await ReadAsync(query with { Since = own[0].CreatedAt }, cancellationToken)
                .ToListAsync(cancellationToken).ConfigureAwait(false));

        var found = own.GroupBy(static entry => entry.Key)
            .ToDictionary(static entries => entries.Key, static entries => Latest([.. entries])!);
        await foreach (var entry in ReadAsync(Shown(like) with { Key = null }, cancellationToken).ConfigureAwait(false))
            found.TryAdd(entry.Key, entry);
        return [.. found.Values];
    }

    /// <summary>Removes a name with all its values.</summary>
    /// <returns><see langword="false"/> when there was none.</returns>
    public async ValueTask<bool> RemoveAsync(MemoryDraft draft, CancellationToken cancellationToken)
    {
        var like = composing.Make(draft);
        using var suppressed = TriggerHub.SuppressCapture();
        var id = MemoryName.Of(like).ToId();
        var removed = false;
        // The oldest first, so that none of them is current in between. A deleted one may bring back what it had replaced.
        for (var goesOn = true; goesOn;)
        {
            goesOn = false;
            foreach (var entry in (await CurrentAsync(like, cancellationToken).ConfigureAwait(false))
                .Where(entry => entry.Id != id).OrderBy(static entry => entry.UpdatedAt))
                goesOn |= await history.DeleteAsync(entry.Id, Everything, cancellationToken).ConfigureAwait(false);
            removed |= goesOn;
        }

        return await history.DeleteAsync(id, Everything, cancellationToken).ConfigureAwait(false) || removed;
    }

    // One, unless an earlier version of this library, or a program that creates memories of that name by itself, made more.
    private async ValueTask<List<MemoryEntry>> CurrentAsync(MemoryEntry like, CancellationToken cancellationToken) =>
        await ReadAsync(Own(like), cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);

    private IAsyncEnumerable<MemoryEntry> ReadAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        backend.ReadAllAsync(query, cancellationToken).Where(entry => entry.EntityType == query.EntityType);

    private MemoryQuery Own(MemoryEntry like) => OwnMemories.Of(like, Like(like));

    private MemoryQuery Shown(MemoryEntry like) => MemoryRecallScope.Of(Like(like), project);

    private MemoryQuery Like(MemoryEntry like) => new()
    {
        Category = like.Category,
        EntityType = like.EntityType,
        Key = like.Key,
        CurrentAt = time.GetUtcNow(),
    };

    private static MemoryEntry? Latest(IReadOnlyList<MemoryEntry> entries) =>
        entries.OrderBy(static entry => entry.UpdatedAt)
            .ThenBy(static entry => MemoryName.Made(entry.Id))
            .ThenBy(static entry => entry.Id)
            .LastOrDefault();
}
