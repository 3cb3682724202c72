using MemoryTriggers.Decoding;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>Reads what can be read from a damaged database: up to a bad page, and on from behind it.</summary>
internal sealed class SqliteSalvage(SqliteBackendOptions options, string damaged)
{
    private const int BatchSize = 500;
    private const long LastSeq = long.MaxValue;

    public long CopyTo(SqliteWriter target)
    {
        var batch = new List<MemoryEntry>(BatchSize);
        long saved = 0;
        foreach (var entry in Readable())
        {
            batch.Add(entry);
            if (batch.Count < BatchSize) continue;

            Flush();
        }

        Flush();
        return saved;

        void Flush()
        {
            target.Store(batch);
            saved += batch.Count;
            batch.Clear();
        }
    }

    private IEnumerable<MemoryEntry> Readable()
    {
        using var source = TryOpen();
        if (source is null) yield break;

        var last = 0L;
        foreach (var (seq, entry) in Walk(source, "m.seq > ?1 ORDER BY m.seq", 0))
        {
            last = seq;
            if (entry is not null) yield return entry;
        }

        // Reading backwards from the end reaches the rows after the first bad page.
        var first = LastSeq;
        foreach (var (seq, entry) in Walk(source, "m.seq > ?1 ORDER BY m.seq DESC", last))
        {
            first = seq;
            if (entry is not null) yield return entry;
        }

        foreach (var entry in BetweenBadPages(source, last, first)) yield return entry;
    }

    // More than one bad page: every row between the first and the last of them is asked for by itself.
    private static IEnumerable<MemoryEntry> BetweenBadPages(SqliteSession source, long last, long first)
    {
        if (first == LastSeq) yield break;

        for (var seq = last + 1; seq < first; seq++)
        {
            foreach (var (_, entry) in Walk(source, "m.seq = ?1", seq))
                if (entry is not null) yield return entry;
        }
    }

    private SqliteSession? TryOpen()
    {
        try
        {
            return EntryDatabase.OpenDamaged(options, damaged);
        }
        catch (SqliteException)
        {
            // Not a database at all: nothing can be saved, and the file stays where it was moved.
            return null;
        }
    }

    private static IEnumerable<(long Seq, MemoryEntry? Entry)> Walk(SqliteSession source, string where, long seq)
    {
        SqliteStatement rows;
        try
        {
            var columns = EntryColumns.SelectOf(Columns(source));
            rows = source.Prepare($"SELECT {columns}, m.seq FROM memory m NOT INDEXED WHERE {where}").Bind(1, seq);
        }
        catch (SqliteException)
        {
            yield break;
        }

        while (true)
        {
            (long, MemoryEntry?) row;
            try
            {
                if (!rows.Step()) break;
                row = (rows.Int64(EntryColumns.Count), TryRead(rows));
            }
            catch (SqliteException)
            {
                // A bad page ends this direction.
                yield break;
            }

            yield return row;
        }

        rows.Reset();
    }

    // It may have been damaged before a newer version of the library could bring it up to date.
    private static HashSet<string> Columns(SqliteSession source)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        var rows = source.Prepare("SELECT name FROM pragma_table_info('memory')");
        while (rows.Step()) columns.Add(rows.Text(0));
        rows.Reset();
        return columns;
    }

    private static MemoryEntry? TryRead(SqliteStatement row)
    {
        try
        {
            return ContextUser.Fill(EntryColumns.Read(row));
        }
        catch (SqliteException)
        {
            // The page can be read and its content is not what was written.
            return null;
        }
    }
}
