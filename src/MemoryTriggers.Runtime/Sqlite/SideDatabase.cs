using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemoryTriggers.Sqlite;

/// <summary>
/// A small database beside the memories, opened when it is first used. One that is damaged, or something else, is set aside: what can be
/// read of it goes into a new one, the work goes on, and that is reported until it is acknowledged. One that was deleted or replaced
/// while it was open is made again. One thread at a time.
/// </summary>
/// <param name="path">The file; <see langword="null"/> to keep it in memory.</param>
/// <param name="schema">What it is.</param>
/// <param name="problems">Where that is reported.</param>
/// <param name="time">The clock.</param>
internal sealed class SideDatabase(string? path, SideSchema schema, ProblemLog problems, TimeProvider time) : IDisposable
{
    private const string InMemory = ":memory:";
    private const long CheckedBytes = 4 * 1024 * 1024;
    private static readonly string[] Parts = ["-wal", "-shm", "-journal"];
    private SqliteSession? _session;

    /// <summary>Whether there is something at its path, or it was used.</summary>
    public bool Exists => _session is not null || (path is not null && SystemDisk.Instance.KindOf(path) != PathKind.None);

    /// <summary>Reads. Nothing else may be done with the session.</summary>
    /// <exception cref="SqliteException">It cannot be used for now.</exception>
    /// <exception cref="IOException">A damaged one cannot be set aside.</exception>
    public T Read<T>(Func<SqliteSession, T> read) => Run(read);

    /// <summary>Changes it in one transaction. When this returns, that is on disk, in the file of that name.</summary>
    /// <inheritdoc cref="Read{T}"/>
    public void Write(Action<SqliteSession> change) => Run(session =>
    {
        InTransaction(session, () => change(session));
        return true;
    });

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it has changed.</returns>
    public static long Changes(SqliteSession session, SqliteStatement change)
    {
        change.Run();
        return raw.sqlite3_changes(session.Connection.Handle);
    }

    public void Dispose() => Close();

    private static void InTransaction(SqliteSession session, Action work)
    {
        session.Prepare("BEGIN IMMEDIATE").Run();
        try
        {
            work();
            session.Prepare("COMMIT").Run();
        }
        catch
        {
            SqliteFailure.RollBack(session);
            throw;
        }
    }

    private T Run<T>(Func<SqliteSession, T> work)
    {
        try
        {
            var session = _session ??= Open();
            var result = work(session);
            if (path is null || !SqliteNative.HasMoved(session)) return result;
            Renew(session);
            return result;
        }
        catch (SqliteException exception) when (IsDamage(exception) && path is not null)
        {
            Close();
            SetAsideAndSave($"is damaged ({exception.Message})");
            return work(_session!);
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            // The next use opens it again: a connection can keep what a full or failing disk has left.
            if (path is not null && exception is not SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED }) Close();
            throw;
        }
    }

    // Its statements are fixed: an error in one says that the tables are not the ones that it was made with.
    private static bool IsDamage(SqliteException exception) =>
        SqliteFailure.IsDamage(exception) || exception.SqliteErrorCode == raw.SQLITE_ERROR;

    private SqliteSession Open()
    {
        if (path is null) return Make(InMemory);
        var before = FileFacts.Of(path);
        var misfit = Misfit();
        try
        {
            if (misfit is null) return Checked(path);
        }
        catch (SqliteException exception) when (IsDamage(exception))
        {
            misfit = $"is damaged ({exception.Message})";
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_CANTOPEN && IsForbidden(path))
        {
            misfit = "may not be read";
        }

        // Another process may have done the same at this moment.
        if (before.Number == 0 || FileFacts.Of(path).IsSameFile(before)) SetAsideAndSave(misfit);
        else _session = Checked(path);
        return _session!;
    }

    private string? Misfit()
    {
        foreach (var part in Parts.Prepend(""))
        {
            if (SetAside.Misfit(path + part, SystemDisk.Instance) is { } misfit) return misfit;
        }

        return null;
    }

    // Made for this: asked only after SQLite could not open it, so that no lock of another connection ends with the handle.
    private static bool IsForbidden(string file)
    {
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private SqliteSession Checked(string file)
    {
        var isNew = !File.Exists(file) || new FileInfo(file).Length == 0;
        var session = Make(file);
        try
        {
            if (!isNew && new FileInfo(file).Length <= CheckedBytes && session.Scalar("PRAGMA quick_check(1)") is not "ok")
                throw new SqliteException("a check found damage", raw.SQLITE_CORRUPT);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private SqliteSession Make(string file)
    {
        var session = SqliteSession.Open(file, SqliteOpenMode.ReadWriteCreate, cacheKilobytes: 1024);
        try
        {
            if ((long)session.Scalar("PRAGMA application_id")! is var id && id != schema.Id
                && (id != 0 || (long)session.Scalar("SELECT count(*) FROM sqlite_schema")! > 0))
                throw new SqliteException("it is another database", raw.SQLITE_NOTADB);
            if (schema.HasLog) session.Execute("PRAGMA journal_mode=WAL");
            session.Execute(schema.IsDurable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
            session.Execute("PRAGMA wal_autocheckpoint=1000");
            if (id != schema.Id) session.Execute($"PRAGMA application_id={schema.Id}");
            session.Execute(schema.Sql);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void SetAsideAndSave(string reason)
    {
        var aside = SetAside.Move(path!, SystemDisk.Instance, time, Parts);
        _session = Make(path!);
        var saved = SideSalvage.Copy(aside, schema, _session);
        problems.Report($"{schema.Name} in {path} {reason}; it was set aside as {Path.GetFileName(aside)}, and {saved} entries were saved; "
            + schema.Consequence);
    }

    // The file that is still open has what was committed: it goes into the one that has its name now.
    private void Renew(SqliteSession open)
    {
        _session = null;
        try
        {
            _session = Open();
            var saved = SideSalvage.Copy(open, schema, _session);
            problems.Report($"{schema.Name} in {path} was deleted or replaced while it was open, at "
                + $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z; {saved} entries were written again");
        }
        finally
        {
            open.Dispose();
        }
    }

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }
}
