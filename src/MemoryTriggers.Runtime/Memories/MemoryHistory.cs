using MemoryTriggers.Recall;
using MemoryTriggers.Transfer;

namespace MemoryTriggers.Memories;

/// <summary>Changes memories so that their past stays, and reads it. Thread-safe.</summary>
internal sealed class MemoryHistory(IMemoryBackend backend, TimeProvider time)
{
    // Of two at once, the second sees what the first one has written. Those of other processes are seen after the write.
    private static readonly SemaphoreSlim Superseding = new(1, 1);

    private readonly EarlierVersions _versions = new(backend);

    /// <summary>Changes a memory; what it was before stays.</summary>
    /// <returns><see langword="false"/> when there is none with that id.</returns>
    /// <exception cref="InvalidOperationException">It is an earlier version, or another memory has taken its place.</exception>
    public async ValueTask<bool> ChangeAsync(Guid id, MemoryQuery scope, Func<MemoryEntry, MemoryEntry> change, string changedBy,
        CancellationToken cancellationToken)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        for (var isFirst = true; ; isFirst = false)
        {
            var (found, successor) = (false, (Guid?)null);
            await backend.ChangeAsync(
                id,
                current =>
                {
                    found = IsSeen(current, scope);
                    successor = found ? current!.SupersededBy : null;
                    return !found || successor is not null
                        ? []
                        : MemoryVersions.Change(current!, change, changedBy, time.GetUtcNow());
                },
                cancellationToken).ConfigureAwait(false);
            if (successor is null) return found;

            // One of a circle may be current again after it is opened.
            if (!isFirst || !await ReplacementCycles.BreakAsync(backend, id, cancellationToken).ConfigureAwait(false))
                throw new InvalidOperationException($"The memory {id} is replaced by {successor}; the past does not change.");
        }
    }

    /// <summary>One memory takes the place of another.</summary>
    /// <exception cref="ArgumentException">They are the same.</exception>
    /// <exception cref="InvalidOperationException">
    /// The first one replaces the second one already, or is an earlier version.
    /// </exception>
    public async ValueTask<bool> SupersedeAsync(Guid id, Guid successor, MemoryQuery scope, CancellationToken cancellationToken)
    {
        if (id == successor) throw new ArgumentException("A memory does not take its own place.", nameof(successor));
        using var suppressed = TriggerHub.SuppressCapture();
        await Superseding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SupersedeAloneAsync(id, successor, scope, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Superseding.Release();
        }
    }

    /// <summary>A memory and its earlier versions, the present one first.</summary>
    public async ValueTask<IReadOnlyList<MemoryEntry>> ReadAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        if (await backend.GetAsync(id, cancellationToken).ConfigureAwait(false) is not { } present || !IsSeen(present, scope)) return [];
        return [present, .. await _versions.OfAsync(id, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>A memory as it was at a time.</summary>
    public async ValueTask<MemoryEntry?> ReadAsOfAsync(Guid id, DateTimeOffset then, MemoryQuery scope,
        CancellationToken cancellationToken)
    {
        var history = await ReadAsync(id, scope, cancellationToken).ConfigureAwait(false);
        return history.FirstOrDefault(entry => entry.CreatedAt <= then && entry.UpdatedAt <= then && !(entry.ExpiresAt <= then));
    }

    /// <summary>Removes a memory with its earlier versions. What it had taken the place of is there again.</summary>
    public async ValueTask<bool> DeleteAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        if (!IsSeen(await backend.GetAsync(id, cancellationToken).ConfigureAwait(false), scope)) return false;
        foreach (var entry in await _versions.OfAsync(id, cancellationToken).ConfigureAwait(false))
            await backend.DeleteAsync(entry.Id, cancellationToken).ConfigureAwait(false);
        foreach (var entry in await ReplacedAsync(id, cancellationToken).ConfigureAwait(false))
        {
            await backend.ChangeAsync(entry.Id, current => current?.SupersededBy == id
                ? [current with { SupersededBy = null, SupersededAt = null }]
                : [], cancellationToken).ConfigureAwait(false);
        }

        return await backend.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
    }

    // What is of another project or user is answered as if it were not there.
    private static bool IsSeen(MemoryEntry? entry, MemoryQuery scope) => entry is not null && MemoryRecallScope.Sees(scope, entry);

    private async ValueTask<bool> SupersedeAloneAsync(
        Guid id, Guid successor, MemoryQuery scope, CancellationToken cancellationToken)
    {
        if (!IsSeen(await backend.GetAsync(id, cancellationToken).ConfigureAwait(false), scope)
            || !IsSeen(await backend.GetAsync(successor, cancellationToken).ConfigureAwait(false), scope)) return false;
        await ReplacementCycles.BreakAsync(backend, successor, cancellationToken).ConfigureAwait(false);
        await RefuseCycleAsync(id, successor, cancellationToken).ConfigureAwait(false);

        MemoryEntry? before = null;
        await backend.ChangeAsync(
            id,
            current =>
            {
                before = IsSeen(current, scope) ? current : null;
                if (before is null) return [];
                if (MemoryVersions.IsVersion(before))
                    throw new InvalidOperationException($"The memory {id} is an earlier version; the past does not change.");
                return [before with { SupersededBy = successor, SupersededAt = time.GetUtcNow() }];
            },
            cancellationToken).ConfigureAwait(false);
        if (before is null) return false;

        try
        {
            // Another process may have written the opposite meanwhile: the one that sees both takes its own back.
            await RefuseCycleAsync(id, successor, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (InvalidOperationException)
        {
            await backend.ChangeAsync(id, current => current?.SupersededBy == successor
                ? [current with { SupersededBy = before.SupersededBy, SupersededAt = before.SupersededAt }]
                : [], CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask RefuseCycleAsync(Guid id, Guid successor, CancellationToken cancellationToken)
    {
        if (await ReplacementCycles.LeadsToAsync(backend, successor, id, cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException(
                $"The memory {successor} is replaced by {id}, directly or through others: each would hide the other.");
        }
    }

    private ValueTask<List<MemoryEntry>> ReplacedAsync(Guid id, CancellationToken cancellationToken) =>
        _versions.ReplacedByAsync(id, cancellationToken).Where(static entry => !MemoryVersions.IsVersion(entry))
            .ToListAsync(cancellationToken);
}
