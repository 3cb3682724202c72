using MemoryTriggers.Postgres.Connections;
using Npgsql;

namespace MemoryTriggers.Postgres.Changes;

/// <summary>
/// Notifies other processes of this one's writes: right after the commit, not in it, because the server serializes the commits of
/// transactions that notify, and each would wait for the disk in turn. Writes within 50 ms share one notification. A process that dies
/// between the two leaves the others with cached memories until these expire. Thread-safe.
/// </summary>
internal sealed class ChangeAnnouncer(NpgsqlDataSource source, SchemaNames names, ChangeMessage message, TimeProvider time) : IDisposable
{
    // Nothing is lost when the server forgets this transaction.
    private const string Notify = "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)";

    // Twenty notifications a second are enough, and cost little.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0);
    private List<Guid> _pending = [];

    /// <summary>These were written, or may have been.</summary>
    public void Add(IEnumerable<Guid> ids)
    {
        lock (_gate)
        {
            var wasEmpty = _pending.Count == 0;
            _pending.AddRange(ids.Take(ChangeMessage.MaxIds + 1 - _pending.Count));
            if (wasEmpty) _signal.Release();
        }
    }

    /// <summary>Sends notifications until canceled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(Gathering, time, cancellationToken).ConfigureAwait(false);
            while (!await TryTellAsync(cancellationToken).ConfigureAwait(false))
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells what is left, in one attempt.</summary>
    public Task<bool> TellRestAsync(CancellationToken cancellationToken) => TryTellAsync(cancellationToken);

    public void Dispose() => _signal.Dispose();

    /// <returns><see langword="false"/> when the server could not be notified; the notification stays pending.</returns>
    private async Task<bool> TryTellAsync(CancellationToken cancellationToken)
    {
        var ids = Take();
        if (ids.Count == 0) return true;

        try
        {
            var command = source.CreateCommand(Notify);
            await using var disposing = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = names.Channel });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.Write(ids) });
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (PostgresFailure.IsKnown(exception) || exception is OperationCanceledException)
        {
            Return(ids);
            if (exception is OperationCanceledException) throw;
            return false;
        }
    }

    private List<Guid> Take()
    {
        lock (_gate)
        {
            var taken = _pending;
            _pending = [];
            return taken;
        }
    }

    private void Return(List<Guid> ids)
    {
        lock (_gate) _pending = [.. ids, .. _pending.Take(ChangeMessage.MaxIds + 1 - ids.Count)];
    }
}
