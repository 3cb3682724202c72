using System.Text.Json;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// Decisions whose actions are still to be executed, on disk beside the journal of their process: they are here before the journal
/// forgets the memory, and until they are executed. A small SQLite database, made with the first one. Thread-safe.
/// </summary>
internal sealed class WaitingActions : IDisposable
{
    private const string FileName = "actions.db";

    // The end of one is written with that of others while many wait. What a crash finds not written is executed once more.
    private const int MaxUnwritten = 64;
    private const string Tables = "CREATE TABLE IF NOT EXISTS waiting (number INTEGER PRIMARY KEY AUTOINCREMENT, decision BLOB NOT NULL);";

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<long> _done = [];
    private SqliteSession? _session;
    private bool _isClosed;
    private volatile string? _problem;

    /// <param name="folder">The journal's folder, which this process owns.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Learns of a database that is damaged, or cannot be written.</param>
    public WaitingActions(string folder, TimeProvider time, ILogger logger)
    {
        (_path, _time, _logger) = (Path.Combine(folder, FileName), time, logger);
        if (File.Exists(_path)) OpenOrSetAside();
    }

    /// <summary>The problems, for health.</summary>
    public string? Problem => _problem;

    /// <summary>Keeps decisions. Returns when they are on disk, or cannot be: then they wait in memory, and end with the process.</summary>
    /// <exception cref="ObjectDisposedException">The process ends; the journal must keep the memories for the next one.</exception>
    public IReadOnlyList<WaitingDecision> Add(IReadOnlyList<PolicyDecision> decisions)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            try
            {
                return Insert(_session ??= SideDatabase.Open(_path, Tables), decisions);
            }
            catch (Exception exception) when (SqliteFailure.IsKnown(exception))
            {
                // Records would wait behind this, and be decided on again and again: the memories matter more.
                NotKept(exception);
            }

            return [.. decisions.Select(static decision => new WaitingDecision(0, decision))];
        }
    }

    /// <summary>The pending decisions, in order of arrival. Unreadable ones are skipped and removed.</summary>
    public IReadOnlyList<WaitingDecision> Read()
    {
        lock (_gate)
        {
            var found = new List<WaitingDecision>();
            if (_session is not { } session) return found;
            var statement = session.Prepare("SELECT number, decision FROM waiting ORDER BY number");
            try
            {
                while (statement.Step())
                {
                    if (TryRead(statement.Bytes(1)) is { } decision) found.Add(new WaitingDecision(statement.Int64(0), decision));
                    else _done.Add(statement.Int64(0));
                }
            }
            finally
            {
                statement.Reset();
            }

            return found;
        }
    }

    /// <summary>They were executed, as well as that was possible.</summary>
    /// <param name="number">Which.</param>
    /// <param name="isLast">Whether no other waits: then it is written at once.</param>
    public void Remove(long number, bool isLast)
    {
        if (number == 0) return;
        lock (_gate)
        {
            _done.Add(number);
            if (isLast || _done.Count >= MaxUnwritten) Forget();
        }
    }

    /// <summary>
    /// Takes over what a dead process left. What is taken twice, because this process died in between, is executed once more.
    /// </summary>
    public IReadOnlyList<WaitingDecision> Adopt(WaitingActions other)
    {
        var left = other.Read();
        if (left.Count == 0) return [];
        var taken = Add([.. left.Select(static waiting => waiting.Decision)]);
        if (taken[0].Number == 0) return [];
        foreach (var waiting in left) other.Remove(waiting.Number, isLast: false);
        return taken;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Forget();
            _session?.Dispose();
            (_session, _isClosed) = (null, true);
        }
    }

    private List<WaitingDecision> Insert(SqliteSession session, IReadOnlyList<PolicyDecision> decisions)
    {
        var kept = new List<WaitingDecision>(decisions.Count);
        SideDatabase.InTransaction(session, () =>
        {
            foreach (var decision in decisions)
            {
                session.Prepare("INSERT INTO waiting (decision) VALUES (?1)").Bind(1, DecisionJson.Write(decision)).Run();
                kept.Add(new WaitingDecision((long)session.Scalar("SELECT last_insert_rowid()")!, decision));
            }

            Delete(session);
        });
        _done.Clear();
        _problem = null;
        return kept;
    }

    private void Forget()
    {
        if (_session is not { } session || _done.Count == 0) return;
        try
        {
            SideDatabase.InTransaction(session, () => Delete(session));
            _done.Clear();
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            // They are executed once more at the next start, unless it works before.
            Log.WaitingNotKept(_logger, _path, exception.Message);
        }
    }

    private void Delete(SqliteSession session)
    {
        foreach (var number in _done) session.Prepare("DELETE FROM waiting WHERE number = ?1").Bind(1, number).Run();
    }

    // Said once, not with every batch.
    private void NotKept(Exception exception)
    {
        if (_problem is null) Log.WaitingNotKept(_logger, _path, exception.Message);
        _problem = $"pending actions of policies cannot be kept in {_path} and end with the process: {exception.Message}";
    }

    private PolicyDecision? TryRead(ReadOnlySpan<byte> text)
    {
        try
        {
            return DecisionJson.Read(text);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            Log.WaitingUnreadable(_logger, _path, exception.GetType().Name);
            return null;
        }
    }

    private void OpenOrSetAside()
    {
        try
        {
            _session = SideDatabase.Open(_path, Tables);
        }
        catch (SqliteException exception) when (!SqliteFailure.IsDamage(exception))
        {
            // A disk that is full, or refuses: it is tried again when the next one comes, and what waits there waits for a start that can
            // read it.
            NotKept(exception);
        }
        catch (SqliteException exception)
        {
            var aside = SideDatabase.SetAside(_path, _time);
            Log.WaitingSetAside(_logger, _path, aside, exception);
        }
    }
}
