using MemoryTriggers.Files;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>Everything that reads, but for full-text search.</summary>
internal static class SqliteReads
{
    private static readonly string GetById = $"SELECT {EntryColumns.Select} FROM memory m WHERE m.id = ?1";

    public static MemoryEntry? Get(SqliteSession session, Guid id)
    {
        var row = session.Prepare(GetById).Bind(1, id);
        try
        {
            return row.Step() ? EntryColumns.Read(row) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    public static IReadOnlyList<MemoryEntry> Query(SqliteSession session, MemoryQuery query)
    {
        var filter = new QueryFilter(query, firstParameter: 3);
        var rows = session.Prepare(
            $"SELECT {EntryColumns.Select} FROM memory m WHERE 1{filter.Sql} ORDER BY m.created_at DESC, m.id DESC LIMIT ?1 OFFSET ?2");
        rows.Bind(1, (long)query.Limit).Bind(2, (long)query.Offset);
        filter.Bind(rows);
        try
        {
            var entries = new List<MemoryEntry>();
            while (rows.Step()) entries.Add(EntryColumns.Read(rows));
            return entries;
        }
        finally
        {
            rows.Reset();
        }
    }

    /// <summary>The rows behind a number, in the order of storing, and the number of the last of them.</summary>
    public static (long Place, IReadOnlyList<MemoryEntry> Entries) After(SqliteSession session, long place, int limit)
    {
        var rows = session.Prepare($"SELECT {EntryColumns.Select}, m.seq FROM memory m WHERE m.seq > ?1 ORDER BY m.seq LIMIT ?2")
            .Bind(1, place).Bind(2, (long)limit);
        try
        {
            var entries = new List<MemoryEntry>();
            while (rows.Step())
            {
                entries.Add(EntryColumns.Read(rows));
                place = rows.Int64(EntryColumns.Count);
            }

            return (place, entries);
        }
        finally
        {
            rows.Reset();
        }
    }

    public static long LastPlace(SqliteSession session) =>
        Convert.ToInt64(session.Scalar("SELECT coalesce(max(seq), 0) FROM memory"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The numbers of some rows that match, with their tags.</summary>
    public static IReadOnlyList<(long Seq, string[] Tags)> Numbers(SqliteSession session, MemoryQuery query, int limit)
    {
        var filter = new QueryFilter(query, firstParameter: 2);
        var rows = session.Prepare($"SELECT m.seq, m.tags FROM memory m WHERE 1{filter.Sql} LIMIT ?1").Bind(1, (long)limit);
        filter.Bind(rows);
        try
        {
            var found = new List<(long, string[])>();
            while (rows.Step()) found.Add((rows.Int64(0), TagList.Read(rows.Bytes(1))));
            return found;
        }
        finally
        {
            rows.Reset();
        }
    }

    public static long Count(SqliteSession session, MemoryQuery query)
    {
        var filter = new QueryFilter(query);
        var row = session.Prepare($"SELECT count(*) FROM memory m WHERE 1{filter.Sql}");
        filter.Bind(row);
        try
        {
            row.Step();
            return row.Int64(0);
        }
        finally
        {
            row.Reset();
        }
    }

    /// <summary>
    /// Copies into a file beside the target first, so that a copy that was interrupted, or is damaged, never replaces a good one.
    /// </summary>
    /// <param name="session">The database.</param>
    /// <param name="path">Where the copy goes.</param>
    /// <param name="replaces">Whether it may be there already.</param>
    public static bool Backup(SqliteSession session, string path, bool replaces)
    {
        WholeFile.Write(path, partial =>
        {
            try
            {
                SqliteCopy.Copy(session, partial);
                if (SqliteCopy.Check(partial).Problems is [var problem, ..]) throw new IOException($"the copy is damaged: {problem}");
            }
            finally
            {
                SqliteCopy.DeleteBeside(partial);
            }
        }, replaces);
        return true;
    }

    public static IReadOnlyList<string> CheckIntegrity(SqliteSession session)
    {
        var problems = new List<string>();
        using (var check = session.Connection.CreateCommand())
        {
            check.CommandText = "PRAGMA integrity_check";
            using var rows = check.ExecuteReader();
            while (rows.Read())
                if (rows.GetString(0) is not "ok" and var problem) problems.Add(problem);
        }

        try
        {
            // Rank 1 compares the index with the memories themselves.
            session.Execute("INSERT INTO memory_text (memory_text, rank) VALUES ('integrity-check', 1)");
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            problems.Add("The full-text index does not agree with the memories: " + exception.Message);
        }

        return problems;
    }
}
