namespace MemoryTriggers.Memories;

/// <summary>
/// Memories with one current value for each <see cref="MemoryName"/>, whoever writes. Reads past the cache of reads, because another
/// process may have written. Thread-safe.
/// </summary>
/// <param name="backend">The store, without its cache.</param>
/// <param name="history">Deletes.</param>
/// <param name="composing">Makes memories.</param>
/// <param name="time">The clock.</param>
/// <remarks>Drafts are composed before capture is suppressed: that hides the context with its user.</remarks>
internal sealed class NamedMemories(IMemoryBackend backend, MemoryHistory history, DraftComposing composing, TimeProvider time)
{
    // No user has an empty name, so that only what belongs to none is visible.
    private const string NoUser = "";

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

    /// <summary>The current value of a name, else that of the same name of no user, or <see langword="null"/>.</summary>
    public async ValueTask<MemoryEntry?> GetAsync(MemoryDraft draft, CancellationToken cancellationToken)
    {
        var query = Visible(composing.Make(draft));
        using var suppressed = TriggerHub.SuppressCapture();
        return Latest(await ReadAsync(query, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The current value of every name that differs from a given one in the key only.</summary>
    public async ValueTask<IReadOnlyList<MemoryEntry>> GetAllAsync(MemoryDraft draft, CancellationToken cancellationToken)
    {
        var query = Visible(composing.Make(draft)) with { Key = null };
        using var suppressed = TriggerHub.SuppressCapture();
        var found = await ReadAsync(query, cancellationToken).ConfigureAwait(false);
        // What was set while the pages were read has moved to the front.
        if (found.Count > 0)
            found.AddRange(await ReadAsync(query with { Since = found[0].CreatedAt }, cancellationToken).ConfigureAwait(false));
        return [.. found.GroupBy(static entry => entry.Key, static (_, entries) => Latest(entries)!)];
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
                goesOn |= await history.DeleteAsync(entry.Id, cancellationToken).ConfigureAwait(false);
            removed |= goesOn;
        }

        return await history.DeleteAsync(id, cancellationToken).ConfigureAwait(false) || removed;
    }

    // One, unless an earlier version of this library, or a program that creates memories of that name by itself, made more.
    private ValueTask<List<MemoryEntry>> CurrentAsync(MemoryEntry like, CancellationToken cancellationToken)
    {
        var query = Visible(like);
        return ReadAsync(like.Provenance.UserId is { } user ? query with { VisibleTo = null, UserId = user } : query, cancellationToken);
    }

    private async ValueTask<List<MemoryEntry>> ReadAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var found = new List<MemoryEntry>();
        await foreach (var entry in backend.ReadAllAsync(query, cancellationToken).ConfigureAwait(false))
            if (entry.EntityType == query.EntityType) found.Add(entry);
        return found;
    }

    private MemoryQuery Visible(MemoryEntry like) => new()
    {
        Project = like.Project,
        VisibleTo = like.Provenance.UserId ?? NoUser,
        Category = like.Category,
        EntityType = like.EntityType,
        Key = like.Key,
        CurrentAt = time.GetUtcNow(),
    };

    private static MemoryEntry? Latest(IEnumerable<MemoryEntry> entries) =>
        entries.OrderBy(static entry => entry.Provenance.UserId is not null)
            .ThenBy(static entry => entry.UpdatedAt)
            .ThenBy(static entry => MemoryName.Made(entry.Id))
            .ThenBy(static entry => entry.Id)
            .LastOrDefault();
}
