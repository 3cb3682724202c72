namespace MemoryTriggers.Recall;

/// <summary>
/// Recall over one backend. <see cref="MemoryRecallScope"/> has the project and the user. Leaves out what is replaced or has expired,
/// unless it is asked for.
/// </summary>
internal sealed class MemoryRecall(IMemoryBackend backend, string? defaultProject, TimeProvider time, Func<int?>? most = null)
    : IMemoryRecall
{
    private static readonly MemoryQuery Default = new();

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(id, Default, cancellationToken);

    public async ValueTask<MemoryEntry?> GetAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);

        using var suppressed = TriggerHub.SuppressCapture();
        var seen = MemoryRecallScope.Of(scope, defaultProject);
        var found = await backend.GetAsync(id, cancellationToken).ConfigureAwait(false);
        return found is null || found.ExpiresAt <= time.GetUtcNow() || !MemoryRecallScope.Sees(seen, found) ? null : found;
    }

    public async ValueTask<MemoryEntry?> GetByKeyAsync(
        string key, MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var newest = Scope(query) with { Key = key, Limit = 1, Offset = 0 };

        using var suppressed = TriggerHub.SuppressCapture();
        var found = await backend.QueryAsync(newest, cancellationToken).ConfigureAwait(false);
        if (found.Count > 0 && IsExpired(found[0], newest))
            found = await backend.QueryAsync(newest with { CurrentAt = time.GetUtcNow() }, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    public async ValueTask<IReadOnlyList<MemoryEntry>> ListAsync(
        MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        var scope = Scope(query);
        var found = await backend.QueryAsync(scope, cancellationToken).ConfigureAwait(false);
        return found.Any(entry => IsExpired(entry, scope)) ? [.. found.Where(entry => !IsExpired(entry, scope))] : found;
    }

    public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(
        string text, MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);

        using var suppressed = TriggerHub.SuppressCapture();
        var scope = Scope(query);
        var found = await backend.SearchAsync(text, scope, cancellationToken).ConfigureAwait(false);
        return found.Any(hit => IsExpired(hit.Entry, scope)) ? [.. found.Where(hit => !IsExpired(hit.Entry, scope))] : found;
    }

    public async ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);

        using var suppressed = TriggerHub.SuppressCapture();
        return await backend.SearchCompactAsync(text, Scope(query), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken = default) =>
        GetManyAsync(ids, Default, cancellationToken);

    public async ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, MemoryQuery scope,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(scope);

        using var suppressed = TriggerHub.SuppressCapture();
        var (seen, now) = (MemoryRecallScope.Of(scope, defaultProject), time.GetUtcNow());
        var found = await backend.GetManyAsync(ids, cancellationToken).ConfigureAwait(false);
        return [.. found.Where(entry => !(entry.ExpiresAt <= now) && MemoryRecallScope.Sees(seen, entry))];
    }

    public async ValueTask<long> CountAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        return await backend.CountAsync(Scope(query), cancellationToken).ConfigureAwait(false);
    }

    private MemoryQuery Scope(MemoryQuery? query)
    {
        var scope = MemoryRecallScope.OfCurrent(query, defaultProject, time);
        return most?.Invoke() is { } limit && scope.Limit > limit ? scope with { Limit = limit } : scope;
    }

    // The query is exact to the minute only.
    private bool IsExpired(MemoryEntry entry, MemoryQuery scope) => scope.CurrentAt is not null && entry.ExpiresAt <= time.GetUtcNow();
}
