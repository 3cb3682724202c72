using MemoryTriggers.Recall;

namespace MemoryTriggers.Memories;

/// <summary>Changes memories so that their past stays, and reads it. Thread-safe.</summary>
internal sealed class MemoryHistory(IMemoryBackend backend, TimeProvider time)
{
    /// <summary>Changes a memory; what it was before stays.</summary>
    /// <returns><see langword="false"/> when there is none with that id.</returns>
    /// <exception cref="InvalidOperationException">It is an earlier version, or another memory has taken its place.</exception>
    public async ValueTask<bool> ChangeAsync(Guid id, MemoryQuery scope, Func<MemoryEntry, MemoryEntry> change, string changedBy,
        CancellationToken cancellationToken)
    {
        var found = false;
        using var suppressed = TriggerHub.SuppressCapture();
        await backend.ChangeAsync(
            id,
            current =>
            {
                found = IsSeen(current, scope);
                if (!found) return [];
                if (current!.SupersededBy is { } successor)
                    throw new InvalidOperationException($"The memory {id} is replaced by {successor}; the past does not change.");
                return MemoryVersions.Change(current, change, changedBy, time.GetUtcNow());
            },
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>One memory takes the place of another.</summary>
    public async ValueTask<bool> SupersedeAsync(Guid id, Guid successor, MemoryQuery scope, CancellationToken cancellationToken)
    {
        if (id == successor) throw new ArgumentException("A memory does not take its own place.", nameof(successor));
        using var suppressed = TriggerHub.SuppressCapture();
        if (!IsSeen(await backend.GetAsync(successor, cancellationToken).ConfigureAwait(false), scope)) return false;

        var found = false;
        await backend.ChangeAsync(
            id,
            current =>
            {
                found = IsSeen(current, scope);
                return !found ? [] : [current! with { SupersededBy = successor, SupersededAt = time.GetUtcNow() }];
            },
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>A memory and its earlier versions, the present one first.</summary>
    public async ValueTask<IReadOnlyList<MemoryEntry>> ReadAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        if (await backend.GetAsync(id, cancellationToken).ConfigureAwait(false) is not { } present || !IsSeen(present, scope)) return [];
        return [present, .. await VersionsAsync(id, cancellationToken).ConfigureAwait(false)];
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
        var below = await AllAsync(new MemoryQuery { AllProjects = true, SupersededBy = id }, cancellationToken).ConfigureAwait(false);
        foreach (var entry in below)
        {
            if (MemoryVersions.IsVersion(entry)) await backend.DeleteAsync(entry.Id, cancellationToken).ConfigureAwait(false);
            else await backend.ChangeAsync(entry.Id, static current => current is null
                ? []
                : [current with { SupersededBy = null, SupersededAt = null }], cancellationToken).ConfigureAwait(false);
        }

        return await backend.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
    }

    // What is of another project or user is answered as if it were not there.
    private static bool IsSeen(MemoryEntry? entry, MemoryQuery scope) => entry is not null && MemoryRecallScope.Sees(scope, entry);

    private async ValueTask<IReadOnlyList<MemoryEntry>> VersionsAsync(Guid id, CancellationToken cancellationToken)
    {
        var below = await AllAsync(new MemoryQuery { AllProjects = true, SupersededBy = id }, cancellationToken).ConfigureAwait(false);
        return [.. below.Where(MemoryVersions.IsVersion).OrderByDescending(static entry => entry.UpdatedAt)];
    }

    private async ValueTask<List<MemoryEntry>> AllAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var entries = new List<MemoryEntry>();
        await foreach (var entry in backend.ReadAllAsync(query, cancellationToken).ConfigureAwait(false)) entries.Add(entry);
        return entries;
    }
}
