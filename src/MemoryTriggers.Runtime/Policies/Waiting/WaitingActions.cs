using System.Text.Json;
using MemoryTriggers.Problems;
using MemoryTriggers.Sqlite;
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
    private static readonly SideSchema Schema = new(
        "the database of pending actions", "actions that cannot be read are not executed", 0x4D540003,
        "CREATE TABLE IF NOT EXISTS waiting (number INTEGER PRIMARY KEY AUTOINCREMENT, decision BLOB NOT NULL)",
        new SideTable("waiting", "decision"));

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SideDatabase _database;
    private readonly ProblemLog _problems;
    private readonly ILogger _logger;
    private readonly List<long> _done = [];
    private bool _isClosed;
    private volatile string? _problem;

    /// <param name="folder">The journal's folder, which this process owns.</param>
    /// <param name="problems">Learns of a database that is damaged and was set aside, and of decisions that cannot be read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Learns of a database that cannot be written.</param>
    public WaitingActions(string folder, ProblemLog problems, TimeProvider time, ILogger logger)
    {
        (_path, _problems, _logger) = (Path.Combine(folder, FileName), problems, logger);
        _database = new SideDatabase(_path, Schema, problems, time);
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
                return Insert(decisions);
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
            try
            {
                return _database.Exists ? _database.Read(Read) : [];
            }
            catch (Exception exception) when (SqliteFailure.IsKnown(exception))
            {
                // A disk that refuses: what waits there waits for a start that can read it.
                NotKept(exception);
                return [];
            }
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
            _database.Dispose();
            _isClosed = true;
        }
    }

    private List<WaitingDecision> Insert(IReadOnlyList<PolicyDecision> decisions)
    {
        var kept = new List<WaitingDecision>(decisions.Count);
        _database.Write(session =>
        {
            kept.Clear();
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
        if (_done.Count == 0) return;
        try
        {
            _database.Write(Delete);
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

    private List<WaitingDecision> Read(SqliteSession session)
    {
        var found = new List<WaitingDecision>();
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

    private PolicyDecision? TryRead(ReadOnlySpan<byte> text)
    {
        try
        {
            return DecisionJson.Read(text);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            _problems.Report($"decisions in {_path} cannot be read; their actions are not executed");
            return null;
        }
    }
}
