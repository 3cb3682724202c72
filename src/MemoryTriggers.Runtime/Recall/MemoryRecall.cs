namespace MemoryTriggers.Recall;

/// <summary>
/// Recall over one backend. Looks at the project of the query, else at the configured one. Without a configured
/// project there is nothing to isolate, and it looks across all of them.
/// </summary>
internal sealed class MemoryRecall(IMemoryBackend backend, string? defaultProject, Func<int>? most = null) : IMemoryRecall
{
    private static readonly MemoryQuery Everything = new();

    public async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        return await backend.GetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<MemoryEntry?> GetByKeyAsync(
        string key, MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var newest = Scope(query) with { Key = key, Limit = 1, Offset = 0 };

        using var suppressed = TriggerHub.SuppressCapture();
        var found = await backend.QueryAsync(newest, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    public async ValueTask<IReadOnlyList<MemoryEntry>> ListAsync(
        MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        return await backend.QueryAsync(Scope(query), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(
        string text, MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);

        using var suppressed = TriggerHub.SuppressCapture();
        return await backend.SearchAsync(text, Scope(query), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> CountAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        return await backend.CountAsync(Scope(query), cancellationToken).ConfigureAwait(false);
    }

    private MemoryQuery Scope(MemoryQuery? query)
    {
        query ??= Everything;
        if (most?.Invoke() is { } limit && query.Limit > limit) query = query with { Limit = limit };
        if (query.AllProjects || query.Project is not null) return query;
        return defaultProject is null ? query with { AllProjects = true } : query with { Project = defaultProject };
    }
}
