using MemoryTriggers.Postgres.Changes;
using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Schema;
using MemoryTriggers.WorkQueue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MemoryTriggers;

/// <summary>
/// A queue of work in the PostgreSQL database that any number of processes and machines share. A worker that takes an item has it alone for
/// a time; if it dies, another one gets it. Everything is done at least once: what is done twice must do no harm. Safe for concurrent use.
/// </summary>
/// <remarks>
/// It is in the same schema as the memories, and is not needed for them: each process delivers what its own journal has. Work is given out
/// in the order in which it is due. Messages and logs have nothing of a payload.
/// </remarks>
public sealed class PostgresWorkQueue : IAsyncDisposable
{
    private const int MaxBatch = 1_000;
    private const int MaxReason = 1_000;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(365);

    // What another one is just taking looks as if it were due.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private readonly PostgresWorkQueueOptions _options;
    private readonly SchemaNames _names;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly NpgsqlDataSource _source;
    private readonly ChannelListener? _listener;
    private readonly WakeUp _wakeUp = new();
    private readonly CancellationTokenSource _stopping = new();
    private WorkTable? _table;
    private Task _listening = Task.CompletedTask;
    private int _isDisposed;

    /// <summary>Prepares the queue; <see cref="InitializeAsync"/> connects.</summary>
    /// <param name="database">
    /// Where it is, as for <see cref="PostgresMemoryBackend"/>. Without <see cref="PostgresBackendOptions.NotifyChanges"/> workers are not
    /// woken, and a waiting worker polls every <see cref="PostgresWorkQueueOptions.PollInterval"/>. Settings for memories only are not
    /// used.
    /// </param>
    /// <param name="options">Its settings.</param>
    /// <param name="logger">Receives a warning when notifications of others are not received.</param>
    /// <param name="timeProvider">The clock for waiting. Leases end by the server's clock.</param>
    /// <exception cref="OptionsValidationException">An option is outside its range, or there is no connection string that can be
    /// read.</exception>
    public PostgresWorkQueue(PostgresBackendOptions database, PostgresWorkQueueOptions options, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        Check(new PostgresBackendOptionsValidator().Validate(null, database), typeof(PostgresBackendOptions));
        Check(new PostgresWorkQueueOptionsValidator().Validate(null, options), typeof(PostgresWorkQueueOptions));

        _options = options.Snapshot();
        _names = new SchemaNames(database.Schema);
        (_logger, _time) = (logger, timeProvider);
        var connection = ConnectionText.Read(database);
        _source = NpgsqlDataSource.Create(connection);
        if (database.NotifyChanges)
            _listener = new ChannelListener(ConnectionText.ForListening(connection), _names.WorkChannel, Hear, _wakeUp.Ring,
                timeProvider, logger);
    }

    /// <summary>The name of the queue.</summary>
    public string Queue => _options.Queue;

    /// <summary>Connects, and brings the schema up to date.</summary>
    /// <exception cref="MemoryBackendException">The server cannot be reached, or the schema is that of a newer version.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        if (_table is not null) throw new InvalidOperationException("It is open already.");

        await PostgresFailure.GuardAsync("open the queue", async () =>
        {
            await PostgresSchema.MigrateAsync(_source, _names, PostgresMigrations.All, _time.GetUtcNow(), cancellationToken)
                .ConfigureAwait(false);
            var confirmsEarly = await ServerTraits.ConfirmsEarlyAsync(_source, cancellationToken).ConfigureAwait(false);
            if (_listener is not null) await _listener.ConnectAsync(cancellationToken).ConfigureAwait(false);
            _table = new WorkTable(_source, _names, _options.Queue, confirmsEarly);
            return true;
        }).ConfigureAwait(false);

        // In a flow of its own: nothing of the caller's flow is kept alive.
        if (_listener is null) return;
        using (ExecutionContext.SuppressFlow()) _listening = Task.Run(() => _listener.RunAsync(_stopping.Token), CancellationToken.None);
    }

    /// <summary>Adds one piece of work.</summary>
    /// <returns><see langword="false"/> when one of that name is there already; then nothing changes.</returns>
    /// <exception cref="ArgumentException">The key, the payload or the delay is outside its range.</exception>
    /// <exception cref="MemoryBackendException">The server did not confirm it: it may be there or not. The same call again is harmless
    /// until it is done.</exception>
    public async ValueTask<bool> EnqueueAsync(WorkItem item, CancellationToken cancellationToken) =>
        await EnqueueAsync([item], cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>Adds all or nothing, but for those whose name is there already.</summary>
    /// <returns>How many were added.</returns>
    /// <exception cref="ArgumentException">A key, a payload or a delay is outside its range, or there are more than 1,000.</exception>
    /// <exception cref="MemoryBackendException">The server did not confirm it: they may be there or not.</exception>
    public async ValueTask<int> EnqueueAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count > MaxBatch) throw new ArgumentException($"At most {MaxBatch} at a time.", nameof(items));
        foreach (var item in items) item.Check();
        var table = Table();
        if (items.Count == 0) return 0;

        var added = await PostgresFailure.GuardAsync("add work", () => table.EnqueueAsync(items, cancellationToken)).ConfigureAwait(false);
        if (added > 0) await TellAsync(cancellationToken).ConfigureAwait(false);
        return added;
    }

    /// <summary>Takes work that is due, the oldest first. Items that others are taking at this moment are skipped.</summary>
    /// <param name="most">How much, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>None when there is none.</returns>
    /// <exception cref="MemoryBackendException">The server did not confirm it. What it may have given comes back when the time of the lease
    /// is over.</exception>
    public async ValueTask<IReadOnlyList<WorkLease>> LeaseAsync(int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MaxBatch);
        var table = Table();
        var rows = await PostgresFailure.GuardAsync(
            "take work", () =>
                table.LeaseAsync(most, _options.LeaseDuration, _options.MaxAttempts, cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => new WorkLease(this, row))];
    }

    /// <summary>Takes work that is due, and waits until there is some.</summary>
    /// <param name="most">How much, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>At least one.</returns>
    /// <exception cref="MemoryBackendException">As <see cref="LeaseAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<WorkLease>> WaitAndLeaseAsync(int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _wakeUp.Next;
            var leases = await LeaseAsync(most, cancellationToken).ConfigureAwait(false);
            if (leases.Count > 0) return leases;

            var pause = await PauseAsync(cancellationToken).ConfigureAwait(false);
            await next.WaitAsync(pause, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>How much there is. Reads the whole queue.</summary>
    /// <exception cref="MemoryBackendException">The server does not answer.</exception>
    public ValueTask<WorkQueueCounts> CountAsync(CancellationToken cancellationToken)
    {
        var table = Table();
        return PostgresFailure.GuardAsync("count work", () => table.CountAsync(cancellationToken));
    }

    /// <summary>The dead work, the oldest first.</summary>
    /// <param name="most">How much, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MemoryBackendException">The server does not answer.</exception>
    public ValueTask<IReadOnlyList<DeadWork>> GetDeadAsync(int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MaxBatch);
        var table = Table();
        return PostgresFailure.GuardAsync("read dead work", () => table.DeadAsync(most, cancellationToken));
    }

    /// <summary>Puts dead work back, with all its attempts.</summary>
    /// <returns><see langword="false"/> when there is no dead work of that name.</returns>
    /// <exception cref="MemoryBackendException">The server did not confirm it.</exception>
    public async ValueTask<bool> ReviveAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var table = Table();
        if (!await PostgresFailure.GuardAsync("revive work", () => table.ReviveAsync(key, cancellationToken)).ConfigureAwait(false))
            return false;
        await TellAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Removes dead work.</summary>
    /// <returns><see langword="false"/> when there is no dead work of that name.</returns>
    /// <exception cref="MemoryBackendException">The server did not confirm it.</exception>
    public ValueTask<bool> RemoveDeadAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var table = Table();
        return PostgresFailure.GuardAsync("remove dead work", () => table.RemoveAsync(key, cancellationToken));
    }

    /// <summary>Closes the queue. Leases that are open go on until their time is over.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_listener is not null) await _listener.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();

        // Waiting callers learn that it is closed.
        _wakeUp.Ring();
    }

    internal static void CheckDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, LongestDelay);
    }

    internal ValueTask<bool> CompleteAsync(LeasedRow row, CancellationToken cancellationToken)
    {
        var table = Table();
        return PostgresFailure.GuardAsync("complete work", () => table.CompleteAsync(row.Key, row.Lease, cancellationToken));
    }

    internal ValueTask<bool> RenewAsync(LeasedRow row, CancellationToken cancellationToken)
    {
        var table = Table();
        return PostgresFailure.GuardAsync("renew a lease", () =>
            table.RenewAsync(row.Key, row.Lease, _options.LeaseDuration, cancellationToken));
    }

    internal async ValueTask<bool> AbandonAsync(LeasedRow row, TimeSpan delay, string reason, CancellationToken cancellationToken)
    {
        CheckDelay(delay);
        ArgumentNullException.ThrowIfNull(reason);
        var table = Table();
        var text = reason.Length > MaxReason ? reason[..MaxReason] : reason;
        if (!await PostgresFailure.GuardAsync(
            "give work back", () => table.AbandonAsync(row.Key, row.Lease, delay, text, _options.MaxAttempts, cancellationToken))
                .ConfigureAwait(false)) return false;
        await TellAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    internal ValueTask<WorkHeartbeat> StartHeartbeatAsync(LeasedRow row, CancellationToken cancellationToken) =>
        WorkHeartbeat.StartAsync(token => RenewAsync(row, token), _options.LeaseDuration, _time, cancellationToken);

    // Until something is due that is there already; for the rest one is woken.
    private async ValueTask<TimeSpan> PauseAsync(CancellationToken cancellationToken)
    {
        var table = Table();
        var due = await PostgresFailure.GuardAsync("look for work", () => table.NextDueAsync(cancellationToken)).ConfigureAwait(false)
            ?? _options.PollInterval;
        return due < ShortestPause ? ShortestPause : due < _options.PollInterval ? due : _options.PollInterval;
    }

    // The work is there by now. Who is not woken looks when the poll interval is over.
    private async ValueTask TellAsync(CancellationToken cancellationToken)
    {
        _wakeUp.Ring();
        if (_listener is null) return;
        try
        {
            await Table().TellAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresFailure.IsKnown(exception) || exception is OperationCanceledException)
        {
            WorkQueue.Log.NotTold(_logger, _options.Queue);
        }
    }

    private void Hear(string queue)
    {
        if (queue == _options.Queue) _wakeUp.Ring();
    }

    private WorkTable Table()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return _table ?? throw new InvalidOperationException($"Call {nameof(InitializeAsync)} first.");
    }

    private static void Check(ValidateOptionsResult result, Type options)
    {
        if (result.Failed) throw new OptionsValidationException(options.Name, options, result.Failures);
    }
}
