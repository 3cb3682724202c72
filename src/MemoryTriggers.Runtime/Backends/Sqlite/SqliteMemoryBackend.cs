using MemoryTriggers.Backends;
using MemoryTriggers.Backends.Sqlite;
using MemoryTriggers.Files;
using MemoryTriggers.Ranking;
using MemoryTriggers.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>
/// Keeps memories in one SQLite file: durable when <see cref="StoreAsync"/> returns, with full-text search. Safe for
/// concurrent use, also by several processes on one file.
/// </summary>
/// <remarks>
/// One connection writes, guarded in this process by a semaphore and across processes by a lock file; reads go through
/// connections of their own and do not wait for it. Work is done on the calling thread, because SQLite itself is synchronous.
/// </remarks>
public sealed class SqliteMemoryBackend : IMemoryBackend, IRankedStore, IFileStore, IPurgingStore
{
    internal const string BackendName = "sqlite";

    private readonly string _givenPath;
    private readonly SqliteBackendOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private OpenDatabase _database;
    private MemoryRanking _ranking;
    private bool _hasOpened;
    private bool _disposed;

    /// <summary>Prepares the backend; <see cref="InitializeAsync"/> opens the file.</summary>
    /// <exception cref="OptionsValidationException">An option is outside its range.</exception>
    public SqliteMemoryBackend(SqliteBackendOptions options, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        var valid = new SqliteBackendOptionsValidator().Validate(null, options);
        if (valid.Failed) throw new OptionsValidationException(nameof(SqliteBackendOptions), typeof(SqliteBackendOptions), valid.Failures);

        (_givenPath, _options, _logger, _time) = (options.Path, options.Snapshot(), logger, timeProvider);
        _ranking = MemoryRanking.By(timeProvider);
        _database = new OpenDatabase(_options, logger, timeProvider);
    }

    /// <inheritdoc/>
    public string Name => BackendName;

    /// <summary>Whether it was opened.</summary>
    internal bool IsOpen => _hasOpened;

    /// <summary>The last repair of a damaged, replaced or removed file, or <see langword="null"/>.</summary>
    public string? Recovery => _database.Recovery;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await GuardAsync("open the database", async () =>
        {
            await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
            return _hasOpened = true;
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0) return;

        await WriteAsync("store a batch", writer =>
        {
            writer.Store(batch);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        ReadAsync("read a memory", session => SqliteReads.Get(session, id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("query", session => SqliteReads.Query(session, query), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Scripts without spaces (Chinese, Japanese, Thai and others) are found by any contiguous part. Letters of other scripts that are
    /// inside such a text without a space are part of it.
    /// </remarks>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return SearchAsync(text, query, static search => search.Run(), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Values stay on disk.</remarks>
    public ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return SearchAsync(text, query, static search => search.RunCompact(), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ReadAsync<IReadOnlyList<MemoryEntry>>(
            "read memories", session => [.. ids.Select(id => SqliteReads.Get(session, id)).OfType<MemoryEntry>()], cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("count", session => SqliteReads.Count(session, query), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        WriteAsync("delete a memory", writer => writer.Delete(id), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>In one transaction, under the lock that writers of all processes take.</remarks>
    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        await WriteAsync("change a memory", writer => writer.Change(id, change), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var deleted = 0L;
        int part;
        do
        {
            // In parts, so that concurrent writers wait for one part only.
            part = await WriteAsync("delete memories", writer => writer.DeletePart(query), cancellationToken).ConfigureAwait(false);
            deleted += part;
        }
        while (part > 0);
        return deleted;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("count by kind", session => SqliteStatistics.Read(session, query), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return key is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    void IFileStore.BeginAt(string folder)
    {
        if (IsOpen) return;
        _options.Path = DataDirectory.PathOf(folder, _givenPath);
        _database = new OpenDatabase(_options, _logger, _time);
    }

    /// <inheritdoc/>
    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A transaction that changes nothing: it finds a lock, a full disk or a vanished file as a write would.
            await WriteAsync("write", writer => writer.Delete(Guid.Empty), cancellationToken).ConfigureAwait(false);
            return new MemoryBackendHealth(Name, true, Recovery ?? $"SQLite file {_database.Path}");
        }
        catch (MemoryBackendException exception)
        {
            return new MemoryBackendHealth(Name, false, exception.Message);
        }
    }

    /// <summary>
    /// Copies the database, as it is now, to another file while it stays in use. The copy is checked, page by page, and forced to disk;
    /// then it replaces an older one.
    /// </summary>
    /// <exception cref="MemoryBackendException">The copy could not be made; an older copy is untouched.</exception>
    public ValueTask BackupAsync(string path, CancellationToken cancellationToken = default) =>
        BackupAsync(path, replaces: true, cancellationToken);

    /// <summary>Overload that leaves an older copy alone.</summary>
    internal async ValueTask BackupAsync(string path, bool replaces, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        await ReadAsync("back up", session => SqliteReads.Backup(session, path, replaces), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Checks every page, index and the full-text index. Takes time in proportion to the file. What it finds is repaired with the next
    /// write.
    /// </summary>
    /// <returns>The problems; empty when there are none.</returns>
    public ValueTask<IReadOnlyList<string>> CheckIntegrityAsync(CancellationToken cancellationToken = default)
    {
        RequireOpen();
        return GuardAsync("check the database", () => _database.CheckAsync(cancellationToken));
    }

    /// <summary>The memories stored after a position in the order of storing, oldest first; for watchers.</summary>
    internal ValueTask<(long Place, IReadOnlyList<MemoryEntry> Entries)> ReadAfterAsync(
        long place, int limit, CancellationToken cancellationToken) =>
        ReadAsync("read what is new", session => SqliteReads.After(session, place, limit), cancellationToken);

    /// <summary>The place of what was stored last.</summary>
    internal ValueTask<long> LastPlaceAsync(CancellationToken cancellationToken) =>
        ReadAsync("read what is new", SqliteReads.LastPlace, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    async ValueTask IPurgingStore.PurgeAsync(CancellationToken cancellationToken) => await WriteAsync("purge", static writer =>
    {
        writer.Purge();
        return true;
    }, cancellationToken).ConfigureAwait(false);

    void IRankedStore.RankBy(MemoryRanking ranking) => _ranking = ranking;

    private ValueTask<IReadOnlyList<T>> SearchAsync<T>(
        string text, MemoryQuery query, Func<SqliteSearch, IReadOnlyList<T>> run, CancellationToken cancellationToken)
    {
        var parsed = ParsedQuery.Of(text, _ranking.Synonyms);
        return parsed.Terms.Count == 0
            ? new([])
            : ReadAsync("search", session => run(new SqliteSearch(session, query, parsed, _ranking)), cancellationToken);
    }

    private ValueTask<T> ReadAsync<T>(string action, Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        RequireOpen();
        return GuardAsync(action, () => _database.ReadAsync(read, cancellationToken));
    }

    private ValueTask<T> WriteAsync<T>(string action, Func<SqliteWriter, T> write, CancellationToken cancellationToken)
    {
        RequireOpen();
        return GuardAsync(action, () => _database.WriteAsync(write, cancellationToken));
    }

    private void RequireOpen()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_hasOpened) throw new InvalidOperationException($"Call {nameof(InitializeAsync)} first.");
    }

    private static async ValueTask<T> GuardAsync<T>(string action, Func<ValueTask<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            throw SqliteFailure.Translate(exception, BackendName, action);
        }
    }
}
