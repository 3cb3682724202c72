using MemoryTriggers.Circuits;
using MemoryTriggers.Postgres.Changes;
using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Partitions;
using MemoryTriggers.Postgres.Reading;
using MemoryTriggers.Postgres.Schema;
using MemoryTriggers.Postgres.Search;
using MemoryTriggers.Postgres.Sharing;
using MemoryTriggers.Postgres.Words;
using MemoryTriggers.Postgres.Writing;
using MemoryTriggers.Ranking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Log = MemoryTriggers.Postgres.Connections.Log;

namespace MemoryTriggers;

/// <summary>
/// Keeps memories in a PostgreSQL database that any number of processes and machines share: durable when <see cref="StoreAsync"/>
/// returns, partitioned by month, with full-text search. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Needs PostgreSQL 13 or later, encoded as UTF-8. Messages and logs have neither the connection string nor anything of a memory.
/// docs/scaling.md says how one machine becomes many.
/// </remarks>
public sealed class PostgresMemoryBackend : IMemoryBackend, INotifyMemoryChanges, IRankedStore, ISharingStore
{
    internal const string BackendName = PostgresFailure.Backend;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly PostgresBackendOptions _options;
    private readonly SchemaNames _names;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly NpgsqlDataSource _source;
    private readonly PartitionKeeper _partitions;
    private readonly EntryReads _reads;
    private readonly WordDictionary _words;
    private readonly CommonTerms _common;
    private readonly ChangeAnnouncer _announcer;
    private readonly ChangeMessage _message = new();
    private readonly ChannelListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PostgresSharedState? _sharedState;
    private EntryChanges? _changes;
    private EntryWriter? _writer;
    private MemoryRanking _ranking;
    private ServerTraits? _server;
    private Task _background = Task.CompletedTask;
    private int _disposed;

    /// <summary>Prepares the backend; <see cref="InitializeAsync"/> connects.</summary>
    /// <exception cref="OptionsValidationException">An option is outside its range, or there is no connection string that can be
    /// read.</exception>
    public PostgresMemoryBackend(PostgresBackendOptions options, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        var valid = new PostgresBackendOptionsValidator().Validate(null, options);
        if (valid.Failed)
            throw new OptionsValidationException(nameof(PostgresBackendOptions), typeof(PostgresBackendOptions), valid.Failures);

        _options = options.Snapshot();
        _names = new SchemaNames(options.Schema);
        _logger = logger;
        _time = timeProvider;
        _ranking = MemoryRanking.By(timeProvider);
        var connection = ConnectionText.Read(options);
        _source = NpgsqlDataSource.Create(connection);
        _partitions = new PartitionKeeper(_source, _names, _options, timeProvider, logger);
        _reads = new EntryReads(_source, _names);
        _words = new WordDictionary(_source, _names);
        _common = new CommonTerms(timeProvider);
        _announcer = new ChangeAnnouncer(_source, _names, _message, timeProvider);
        _listener = new ChannelListener(
            ConnectionText.ForListening(connection), _names.Channel, Hear, () => RaiseChanged(null), timeProvider, logger);
        _sharedState = _options.ShareBreakers || _options.ShareRateLimits
            ? new PostgresSharedState(_source, _names, _options, timeProvider)
            : null;
        Jobs = new MaintenanceJobs(_source, _names, _partitions, _options, timeProvider, logger);
    }

    /// <inheritdoc/>
    public event EventHandler<MemoriesChangedEventArgs>? MemoriesChanged;

    /// <inheritdoc/>
    public string Name => BackendName;

    internal MaintenanceJobs Jobs { get; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (_writer is not null) throw new InvalidOperationException("It is open already.");

        await GuardAsync("open the database", async () =>
        {
            var version = _options.OpensExisting
                ? await PostgresSchema.RequireCurrentAsync(_source, _names, cancellationToken).ConfigureAwait(false)
                : await PostgresSchema.MigrateAsync(
                    _source, _names, PostgresMigrations.All, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            _server = _options.OpensExisting
                ? await ServerTraits.ReadAsync(_source, cancellationToken).ConfigureAwait(false)
                : await ServerTraits.PrepareAsync(_source, _names, _logger, cancellationToken).ConfigureAwait(false);
            if (!_options.OpensExisting) await Jobs.RunOnceAsync(cancellationToken).ConfigureAwait(false);
            if (_options.NotifyChanges) await _listener.ConnectAsync(cancellationToken).ConfigureAwait(false);
            _changes = new EntryChanges(
                _source, _names, _partitions, _words, _options.NotifyChanges ? _announcer : null, _server.ConfirmsEarly);
            _writer = new EntryWriter(_source, _names, _words, _options.NotifyChanges ? _announcer : null, _server.ConfirmsEarly);
            Log.Opened(_logger, _server.Version, _options.Schema, version);
            return true;
        }).ConfigureAwait(false);

        // In a flow of its own: nothing of the caller's flow is kept alive.
        List<Func<CancellationToken, Task>> loops = _options.OpensExisting ? [] : [Jobs.RunAsync];
        if (_options.NotifyChanges) loops.AddRange([_listener.RunAsync, _announcer.RunAsync]);
        using (ExecutionContext.SuppressFlow())
        {
            _background = Task.WhenAll(loops.Select(loop => Task.Run(() => loop(_stopping.Token), CancellationToken.None)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        var writer = Writer();
        if (batch.Count == 0) return;

        await GuardAsync("store a batch", async () =>
        {
            var entries = EntryWriter.Order(batch);
            await _partitions.EnsureForAsync(entries.Select(static entry => entry.Id), cancellationToken).ConfigureAwait(false);
            await writer.StoreAsync(entries, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        Writer();
        return GuardAsync("read a memory", () => _reads.GetAsync(id, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Writer();
        return GuardAsync("query", () => _reads.QueryAsync(query, cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Scripts without spaces are found by any contiguous part. Of a memory with more than about 50,000 words the first ones are found.
    /// </remarks>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return SearchAsync(text, query, static (search, token) => search.RunAsync(token), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Values stay on the server.</remarks>
    public ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return SearchAsync(text, query, static (search, token) => search.RunCompactAsync(token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Writer();
        return ids.Count == 0 ? new([]) : GuardAsync("read memories", () => _reads.GetManyAsync(ids, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Writer();
        return GuardAsync("count", () => _reads.CountAsync(query, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var writer = Writer();
        return GuardAsync("delete a memory", () => writer.DeleteAsync(id, cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>In one transaction, during which no other writer changes the same memory.</remarks>
    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        Writer();
        await GuardAsync("change a memory", () => _changes!.ChangeAsync(id, change, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Writer();
        var deleted = 0L;
        int part;
        do
        {
            part = await GuardAsync("delete memories", () => _changes!.DeletePartAsync(query, cancellationToken)).ConfigureAwait(false);
            deleted += part;
        }
        while (part > 0);
        _common.Forget();
        return deleted;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Writer();
        return GuardAsync("count by kind", () => new EntryStatistics(_reads, _names, query).ReadAsync(cancellationToken));
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
            // A statement that changes nothing: it finds a standby, a full disk or a right that was taken away as a write would.
            var writer = Writer();
            await GuardAsync("write", () => writer.ProbeAsync(cancellationToken)).ConfigureAwait(false);
            return new MemoryBackendHealth(Name, true, Describe(_server!));
        }
        catch (MemoryBackendException exception)
        {
            return new MemoryBackendHealth(Name, false, exception.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await TellRestAsync().ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
        _announcer.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private string Describe(ServerTraits server)
    {
        var notes = new List<string> { $"PostgreSQL {server.Version}, schema {_options.Schema}" };
        if (server.TrigramSchema is null) notes.Add("without pg_trgm: words whose first letters are wrong are not found");
        if (_options.NotifyChanges && !_listener.IsListening) notes.Add("notifications of other processes are not received at the moment");
        return string.Join("; ", notes);
    }

    // The last words of a process: a server that is unavailable does not hold it.
    private async Task TellRestAsync()
    {
        using var deadline = new CancellationTokenSource(LastWords, _time);
        await ((Task)_announcer.TellRestAsync(deadline.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Hear(string text)
    {
        if (_message.TryRead(text, out var ids)) RaiseChanged(ids);
    }

    private void RaiseChanged(IReadOnlyList<Guid>? ids) => MemoriesChanged?.Invoke(this, new MemoriesChangedEventArgs(ids));

    private EntryWriter Writer()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _writer ?? throw new InvalidOperationException($"Call {nameof(InitializeAsync)} first.");
    }

    ISharedStateStore? ISharingStore.SharedState => _sharedState;

    void IRankedStore.RankBy(MemoryRanking ranking) => _ranking = ranking;

    private ValueTask<IReadOnlyList<T>> SearchAsync<T>(
        string text, MemoryQuery query, Func<PostgresSearch, CancellationToken, Task<IReadOnlyList<T>>> run,
        CancellationToken cancellationToken)
    {
        Writer();
        var parsed = ParsedQuery.Of(text, _ranking.Synonyms);
        return parsed.Terms.Count == 0
            ? new([])
            : GuardAsync(
                "search",
                () => run(
                    new PostgresSearch(_reads, _names, query, parsed, _ranking, _common, _server!.TrigramSchema), cancellationToken));
    }

    private static ValueTask<T> GuardAsync<T>(string action, Func<Task<T>> work) => PostgresFailure.GuardAsync(action, work);
}
