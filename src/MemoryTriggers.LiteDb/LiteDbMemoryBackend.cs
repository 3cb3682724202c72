using LiteDB;
using MemoryTriggers.Backends;
using MemoryTriggers.DataFile;
using MemoryTriggers.Documents;
using MemoryTriggers.Files;
using MemoryTriggers.Ranking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Log = MemoryTriggers.DataFile.Log;

namespace MemoryTriggers;

/// <summary>
/// Keeps memories in one LiteDB file, for programs that have LiteDB already: durable when <see cref="StoreAsync"/> returns. One process
/// at a time has the file. Safe for concurrent use.
/// </summary>
/// <remarks>
/// LiteDB has no index of words: a search reads everything that matches the query. SQLite is the better store when nothing speaks
/// against it. Work is done on the calling thread, because LiteDB itself is synchronous.
/// </remarks>
public sealed class LiteDbMemoryBackend : IMemoryBackend, IRankedStore, IFileStore
{
    internal const string BackendName = "litedb";
    private const int DeletedAtOnce = 1_000;

    private readonly string _givenPath;
    private readonly LiteDbBackendOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1);
    private LiteDbFiles _files;
    private OpenDatabase _database;
    private MemoryRanking _ranking;
    private IDisposable? _lock;
    private bool _disposed;

    /// <summary>Prepares the backend; <see cref="InitializeAsync"/> opens the file.</summary>
    /// <exception cref="OptionsValidationException">An option is outside its range.</exception>
    public LiteDbMemoryBackend(LiteDbBackendOptions options, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        var valid = new LiteDbBackendOptionsValidator().Validate(null, options);
        if (valid.Failed) throw new OptionsValidationException(nameof(LiteDbBackendOptions), typeof(LiteDbBackendOptions), valid.Failures);

        (_givenPath, _options, _logger, _time) = (options.Path, options.Snapshot(), logger, timeProvider);
        (_files, _database) = Database();
        _ranking = MemoryRanking.By(timeProvider);
    }

    /// <inheritdoc/>
    public string Name => BackendName;

    /// <summary>The repair of a damaged or replaced file, or <see langword="null"/>.</summary>
    public string? Recovery => _database.Recovery;

    /// <inheritdoc/>
    /// <exception cref="MemoryBackendException">Another process has the file open, or it belongs to another program.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_lock is not null) throw new InvalidOperationException("It is open already.");
        var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _database.Open();
            _lock = held;
            Log.DatabaseOpened(_logger, _files.Database);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Count == 0) return;
        var documents = batch.Select(EntryDocument.Write).ToList();
        await WriteAsync(database => database.Write("store a batch", memories => memories.Upsert(documents)), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        Read("read a memory", memories => EntryReads.Get(memories, id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read("query", memories => EntryReads.Query(memories, query), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Reads the words of everything that matches the query, and ranks all of it.</remarks>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        SearchAsync<MemoryHit>(
            text,
            query,
            static (hit, memories) => EntryReads.Get(memories, hit.Handle) is { } entry ? hit.ToHit(entry) : null,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        SearchAsync<CompactHit>(
            text,
            query,
            static (hit, memories) => EntryReads.Get(memories, hit.Handle) is { } entry ? hit.ToCompact(entry.Id, entry.Content) : null,
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Read<IReadOnlyList<MemoryEntry>>(
            "read memories", memories => [.. ids.Select(id => EntryReads.Get(memories, id)).OfType<MemoryEntry>()], cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read("count", memories => EntryReads.Count(memories, query), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// When it returns, nothing of the memory is left in the files: LiteDB clears what it frees, and the journal is emptied.
    /// </remarks>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => WriteAsync(
        database => database.Write("delete a memory", memories => memories.Delete(id)) && database.Forget(), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>No other write comes in between: one process has the file, and its writers take turns.</remarks>
    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        await WriteAsync(
            database =>
            {
                var changed = change(database.Read("change a memory", memories => EntryReads.Get(memories, id)));
                if (changed.Count == 0) return 0;
                var documents = changed.Select(EntryDocument.Write).ToList();
                return database.Write("change a memory", memories => memories.Upsert(documents));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var deleted = 0L;
        int part;
        do
        {
            // In parts, so that what is stored meanwhile waits for one of them only.
            part = await WriteAsync(database => DeletePart(database, query), cancellationToken).ConfigureAwait(false);
            deleted += part;
        }
        while (part > 0);
        if (deleted > 0) await WriteAsync(static database => database.Forget(), cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read("count by kind", memories => EntryReads.Statistics(memories, query), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return key is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(static database => database.Write("write", static memories => memories.Delete(Guid.Empty)), cancellationToken)
                .ConfigureAwait(false);
            return new MemoryBackendHealth(Name, true, Recovery ?? $"LiteDB file {_files.Database}");
        }
        catch (MemoryBackendException exception)
        {
            return new MemoryBackendHealth(Name, false, exception.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;

        _disposed = true;
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            _database.Close();
        }
        finally
        {
            _lock?.Dispose();
            _writing.Release();
        }
    }

    void IRankedStore.RankBy(MemoryRanking ranking) => _ranking = ranking;

    void IFileStore.BeginAt(string folder)
    {
        if (_lock is not null) return;
        _options.Path = Files.DataDirectory.PathOf(folder, _givenPath);
        (_files, _database) = Database();
    }

    private (LiteDbFiles Files, OpenDatabase Database) Database()
    {
        var files = new LiteDbFiles(_options.Path, _options.Disk);
        return (files, new OpenDatabase(_options, files, _logger, _time));
    }

    private async ValueTask<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_options.OpensExisting) _files.CreateDirectory();
            return await new FileLock(Name, _files.Lock, _options.LockTimeout).AcquireAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            throw new MemoryBackendException(
                Name, $"Another process has {_files.Database} open; a LiteDB file belongs to one at a time.", isTransient: true, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LiteDbFailure.Translate(exception, "open the database");
        }
    }

    private static int DeletePart(OpenDatabase database, MemoryQuery query)
    {
        var ids = database.Read("delete memories", memories => EntryReads.Ids(memories, query, DeletedAtOnce));
        if (ids.Count == 0) return 0;
        var which = BsonExpression.Create("_id IN @0", new BsonArray(ids.Select(static id => new BsonValue(id))));
        return database.Write("delete memories", memories => memories.DeleteMany(which));
    }

    private ValueTask<IReadOnlyList<T>> SearchAsync<T>(
        string text, MemoryQuery query, Func<RankedCandidate<Guid>, ILiteCollection<BsonDocument>, T?> fetch,
        CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        var parsed = ParsedQuery.Of(text, _ranking.Synonyms);
        if (parsed.Terms.Count == 0) return new([]);
        return Read<IReadOnlyList<T>>(
            "search",
            memories =>
            [
                .. EntryReads.Rank(memories, query, parsed, _ranking, cancellationToken).Select(hit => fetch(hit, memories)).OfType<T>(),
            ],
            cancellationToken);
    }

    private ValueTask<T> Read<T>(string action, Func<ILiteCollection<BsonDocument>, T> read, CancellationToken cancellationToken)
    {
        RequireOpen();
        cancellationToken.ThrowIfCancellationRequested();
        return new(_database.Read(action, read));
    }

    private async ValueTask<T> WriteAsync<T>(Func<OpenDatabase, T> write, CancellationToken cancellationToken)
    {
        RequireOpen();
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return write(_database);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void RequireOpen()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_lock is null) throw new InvalidOperationException($"Call {nameof(InitializeAsync)} first.");
    }
}
