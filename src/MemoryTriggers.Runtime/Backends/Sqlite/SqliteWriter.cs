using MemoryTriggers.Sqlite;
using SQLitePCL;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>
/// The one connection that writes, and alone moves the write-ahead log into the database. Every method runs under
/// the write lock of the file.
/// </summary>
internal sealed class SqliteWriter(SqliteSession session, int checkpointPages) : IDisposable
{
    private const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE
    private const int Passive = 0;
    private const int Truncate = 3;
    private const int DeletedAtOnce = 1_000;
    private long _pagesInLog;
    private bool _mustEmptyLog;

    public SqliteSession Session => session;

    /// <summary>Stores all or nothing.</summary>
    public void Store(IReadOnlyList<MemoryEntry> batch)
    {
        InTransaction(() => Put(batch));
        CheckpointWhenDue();
    }

    /// <returns>Whether there was something to store.</returns>
    public bool Change(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change)
    {
        var changed = InTransaction(() => Put(change(SqliteReads.Get(session, id))));
        CheckpointWhenDue();
        return changed;
    }

    /// <summary>Deletes some of what matches.</summary>
    /// <returns>How many; none when nothing is left.</returns>
    public int DeletePart(MemoryQuery query)
    {
        var deleted = InTransaction(() =>
        {
            var found = SqliteReads.Numbers(session, query, DeletedAtOnce);
            foreach (var (seq, tags) in found) Remove(seq, tags);
            return found.Count;
        });
        _mustEmptyLog |= deleted > 0;
        CheckpointWhenDue();
        return deleted;
    }

    public bool Delete(Guid id)
    {
        var deleted = InTransaction(() =>
        {
            if (Find(id) is not { } old) return false;

            Remove(old.Seq, old.Tags);
            return true;
        });
        _mustEmptyLog |= deleted;
        CheckpointWhenDue();
        return deleted;
    }

    /// <summary>Writes every page again: what was deleted by versions that left it there is gone, too.</summary>
    public void Purge()
    {
        session.Execute("INSERT INTO memory_text (memory_text) VALUES ('rebuild')");
        session.Execute("INSERT INTO memory_part (memory_part) VALUES ('optimize')");
        session.Execute("VACUUM");
        _mustEmptyLog = true;
        CheckpointWhenDue();
    }

    /// <summary>Moves everything into the database, so that the next open finds a clean file.</summary>
    public void CheckpointForClose() =>
        raw.sqlite3_wal_checkpoint_v2(session.Connection.Handle, "main", Truncate, out _, out _);

    public void Dispose() => session.Dispose();

    private T InTransaction<T>(Func<T> work)
    {
        session.Prepare("BEGIN IMMEDIATE").Run();
        try
        {
            var result = work();
            session.Prepare("COMMIT").Run();
            return result;
        }
        catch
        {
            SqliteFailure.RollBack(session);
            throw;
        }
    }

    private bool Put(IReadOnlyList<MemoryEntry> batch)
    {
        var insert = session.Prepare(EntryColumns.Insert);
        for (var i = 0; i < batch.Count; i++)
        {
            EntryColumns.Bind(insert, batch[i]);
            insert.Run();
            if (raw.sqlite3_changes(session.Connection.Handle) == 0) Replace(batch[i]);
            else if (batch[i].Tags.Count > 0) AddTags(raw.sqlite3_last_insert_rowid(session.Connection.Handle), batch[i].Tags);
        }

        return batch.Count > 0;
    }

    private void Remove(long seq, string[] tags)
    {
        RemoveTags(seq, tags);
        session.Prepare("DELETE FROM memory WHERE seq = ?1").Bind(1, seq).Run();
    }

    // The row keeps its number: tags and the full-text index follow by it.
    private void Replace(MemoryEntry entry)
    {
        var old = Find(entry.Id)!.Value;
        RemoveTags(old.Seq, old.Tags);
        var update = session.Prepare(EntryColumns.Update);
        EntryColumns.Bind(update, entry);
        update.Run();
        AddTags(old.Seq, entry.Tags);
    }

    private (long Seq, string[] Tags)? Find(Guid id)
    {
        var find = session.Prepare("SELECT seq, tags FROM memory WHERE id = ?1").Bind(1, id);
        try
        {
            return find.Step() ? (find.Int64(0), TagList.Read(find.Bytes(1))) : null;
        }
        finally
        {
            find.Reset();
        }
    }

    private void AddTags(long seq, IReadOnlyList<string> tags)
    {
        var add = session.Prepare("INSERT OR IGNORE INTO memory_tag (tag, entry) VALUES (?1, ?2)");
        for (var i = 0; i < tags.Count; i++) add.Bind(1, tags[i]).Bind(2, seq).Run();
    }

    private void RemoveTags(long seq, string[] tags)
    {
        var remove = session.Prepare("DELETE FROM memory_tag WHERE tag = ?1 AND entry = ?2");
        foreach (var tag in tags) remove.Bind(1, tag).Bind(2, seq).Run();
    }

    private void CheckpointWhenDue()
    {
        if (_mustEmptyLog && TryEmptyLog()) return;
        var database = session.Connection.Handle;
        raw.sqlite3_db_status(database, PagesWritten, out var written, out _, 1);
        _pagesInLog += written;
        if (_pagesInLog < checkpointPages) return;

        // Passive: it never waits for a reader. What a reader still needs is moved the next time; the batch is durable anyway.
        raw.sqlite3_wal_checkpoint_v2(database, "main", Passive, out var inLog, out var moved);
        _pagesInLog = Math.Max(0, Math.Min(inLog - moved, checkpointPages - checkpointPages / 4));
    }

    // What was deleted is in the log until that is emptied. No reader is waited for: then it is tried again with the next write.
    private bool TryEmptyLog()
    {
        var database = session.Connection.Handle;
        var timeout = (long)session.Scalar("PRAGMA busy_timeout")!;
        raw.sqlite3_busy_timeout(database, 0);
        var code = raw.sqlite3_wal_checkpoint_v2(database, "main", Truncate, out _, out _);
        raw.sqlite3_busy_timeout(database, (int)timeout);
        if (code != raw.SQLITE_OK) return false;
        _mustEmptyLog = false;
        _pagesInLog = 0;
        return true;
    }
}
