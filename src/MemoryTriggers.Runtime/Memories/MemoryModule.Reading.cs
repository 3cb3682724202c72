using System.Runtime.CompilerServices;
using MemoryTriggers.Recall;

namespace MemoryTriggers;

/// <content>Everything that reads.</content>
public sealed partial class MemoryModule
{
    /// <summary>The memory with that id, or <see langword="null"/>, also when it is of another project or user.</summary>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _recall.GetAsync(id, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken = default) =>
        _recall.GetAsync(id, scope, cancellationToken);

    /// <summary>The newest memory with that key, or <see langword="null"/>.</summary>
    public ValueTask<MemoryEntry?> GetByKeyAsync(string key, MemoryQuery? query = null, CancellationToken cancellationToken = default) =>
        _recall.GetByKeyAsync(key, query, cancellationToken);

    /// <summary>All memories of a category, newest first.</summary>
    /// <inheritdoc cref="ReadAllAsync" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no category.</exception>
    public IAsyncEnumerable<MemoryEntry> GetByCategoryAsync(string category, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(category);
        return ReadAllAsync(new() { Category = category }, cancellationToken);
    }

    /// <summary>All memories about a kind of thing, or about one of them, newest first.</summary>
    /// <inheritdoc cref="ReadAllAsync" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no type.</exception>
    public IAsyncEnumerable<MemoryEntry> GetByEntityAsync(
        string entityType, string? entityId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(entityType);
        return ReadAllAsync(new() { EntityType = entityType, EntityId = entityId }, cancellationToken);
    }

    /// <summary>All memories with at least one of these tags, newest first.</summary>
    /// <inheritdoc cref="ReadAllAsync" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no tag.</exception>
    public IAsyncEnumerable<MemoryEntry> GetByTagsAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (tags.Count == 0) throw new ArgumentException("Name at least one tag.", nameof(tags));
        return ReadAllAsync(new() { AnyTags = tags }, cancellationToken);
    }

    /// <summary>All memories of a session, newest first.</summary>
    /// <inheritdoc cref="ReadAllAsync" path="/remarks"/>
    /// <exception cref="ArgumentException">There is no session.</exception>
    public IAsyncEnumerable<MemoryEntry> GetSessionAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return ReadAllAsync(new() { SessionId = id }, cancellationToken);
    }

    /// <summary>
    /// A page of the memories that match a filter, newest first: <see cref="MemoryQuery.Limit"/> of them from
    /// <see cref="MemoryQuery.Offset"/> on. <see cref="ReadAllAsync"/> reads all.
    /// </summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken = default) =>
        _recall.ListAsync(query, cancellationToken);

    /// <summary>The memories that answer a question, best first.</summary>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery? query = null,
        CancellationToken cancellationToken = default) =>
        _recall.SearchAsync(text, query, cancellationToken);

    /// <summary>A memory and its earlier versions, the present one first; nothing when there is none with that id.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetHistoryAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetHistoryAsync(id, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetHistoryAsync(Guid id, MemoryQuery scope,
        CancellationToken cancellationToken = default) =>
        _history.ReadAsync(id, Scope(scope), cancellationToken);

    /// <summary>A memory as it was at a time, or <see langword="null"/> when it was not there then.</summary>
    public ValueTask<MemoryEntry?> GetAsOfAsync(Guid id, DateTimeOffset time, CancellationToken cancellationToken = default) =>
        GetAsOfAsync(id, time, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<MemoryEntry?> GetAsOfAsync(Guid id, DateTimeOffset time, MemoryQuery scope,
        CancellationToken cancellationToken = default) =>
        _history.ReadAsOfAsync(id, time, Scope(scope), cancellationToken);

    /// <summary>Counts memories by category, project, outcome and day.</summary>
    /// <param name="query">Which ones; all that are current in the project when none is given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        return await _backend.GetStatisticsAsync(MemoryRecallScope.OfCurrent(query, _project, _time), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>All memories that match, newest first; paging of the query is ignored.</summary>
    /// <remarks>
    /// They are read page by page while they are enumerated, without holding them all: <c>await foreach</c>, or
    /// <c>Take(10).ToListAsync()</c> of System.Linq. What is stored meanwhile with a later time is not seen.
    /// </remarks>
    public IAsyncEnumerable<MemoryEntry> ReadAllAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default) =>
        // In the context of the call, wherever it is enumerated.
        ReadAllOfAsync(MemoryRecallScope.OfCurrent(query, _project, _time), cancellationToken);

    private async IAsyncEnumerable<MemoryEntry> ReadAllOfAsync(
        MemoryQuery scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _backend.ReadAllAsync(scope, cancellationToken).ConfigureAwait(false))
        {
            // The scope is exact to the minute only.
            if (scope.CurrentAt is null || !(entry.ExpiresAt <= _time.GetUtcNow())) yield return entry;
        }
    }
}
