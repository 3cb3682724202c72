using MemoryTriggers.Files;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>
/// Replaces a database with a backup. The backup is copied, migrated and checked first; the replaced content stays beside it under another
/// name; and the change itself is one transaction, so that programs may have the database open.
/// </summary>
internal sealed class SqliteRestore(SqliteBackendOptions options, TimeProvider time)
{
    private readonly DatabaseFiles _files = new(options.Path);

    private string Fresh => _files.Database + ".restoring";

    /// <param name="backup">A database that a backup made.</param>
    /// <param name="isDryRun">Whether to stop when everything is ready.</param>
    /// <param name="cancellationToken">Gives up, as long as nothing is replaced.</param>
    /// <exception cref="MemoryBackendException">It cannot be restored; the database is as it was.</exception>
    public async Task<SqliteRestoreResult> RunAsync(string backup, bool isDryRun, CancellationToken cancellationToken)
    {
        _files.CreateDirectory();
        var writing = new FileLock(SqliteMemoryBackend.BackendName, _files.WriteLock, options.BusyTimeout);
        using var held = await writing.AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SqliteCopy.Delete(Fresh);
            var memories = Prepare(backup);
            cancellationToken.ThrowIfCancellationRequested();
            return isDryRun ? new SqliteRestoreResult(memories, null) : new SqliteRestoreResult(memories, Replace());
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            throw SqliteFailure.Translate(exception, SqliteMemoryBackend.BackendName, "restore");
        }
        finally
        {
            SqliteCopy.Delete(Fresh);
        }
    }

    private long Prepare(string backup)
    {
        using (var source = SqliteCopy.OpenForReading(backup)) SqliteCopy.Copy(source, Fresh);
        using (var session = EntryDatabase.Open(options, Fresh, SqliteOpenMode.ReadWrite))
        {
            if (session.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'memory'") is 0L)
                throw Refusal($"{backup} is no backup of memories.");
            SqliteSchema.Migrate(session, SqliteMigrations.All, time.GetUtcNow());
        }

        var (problems, memories) = SqliteCopy.Check(Fresh);
        return problems.Count == 0 ? memories : throw Refusal($"The backup is damaged: {problems[0]}");
    }

    /// <returns>Where what was replaced is now; <see langword="null"/> when there was nothing.</returns>
    private string? Replace()
    {
        if (!File.Exists(_files.Database))
        {
            MoveIn();
            return null;
        }

        if (Open() is not { } present)
        {
            if (!_files.IsUnused())
                throw Refusal("What is there is no database that can be read, and another process has it open. Close that one first.");
            var aside = _files.MoveAside(time.GetUtcNow());
            MoveIn();
            return aside;
        }

        var kept = $"{_files.Database}.before-restore-{time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff}";
        using (present) SqliteCopy.Copy(present, kept);
        SqliteCopy.Sync(kept);
        Overwrite();
        return kept;
    }

    private void MoveIn()
    {
        SqliteCopy.Sync(Fresh);
        File.Move(Fresh, _files.Database);
        SqliteCopy.Sync(_files.Database);
    }

    private void Overwrite()
    {
        using var source = SqliteCopy.OpenForReading(Fresh);
        SqliteCopy.Copy(source, _files.Database);
        using var target = EntryDatabase.OpenWriter(options);
        if (target.Scalar("PRAGMA quick_check(1)") is not "ok") throw Refusal("What was written cannot be read back.");
    }

    private SqliteSession? Open()
    {
        var session = default(SqliteSession);
        try
        {
            session = EntryDatabase.Open(options, _files.Database, SqliteOpenMode.ReadWrite);
            session.Scalar("SELECT count(*) FROM sqlite_master");
            return session;
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            session?.Dispose();
            return null;
        }
    }

    private static MemoryBackendException Refusal(string message) => new(SqliteMemoryBackend.BackendName, message, isTransient: false);
}
