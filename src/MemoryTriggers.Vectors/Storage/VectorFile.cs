using System.Runtime.InteropServices;
using MemoryTriggers.Problems;
using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Vectors;

/// <summary>
/// The vectors on disk, in a SQLite file beside the memories. It holds nothing that cannot be made again, so that it is not forced to disk,
/// and a file that is damaged is set aside. Thread-safe.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    // Nothing of it is worth saving.
    private static readonly SideSchema Schema = new(
        "the database of vectors", "vectors are computed again", 0x4D540006,
        """
        CREATE TABLE IF NOT EXISTS model (name TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS vector (
            id BLOB PRIMARY KEY, hash INTEGER NOT NULL, project TEXT NOT NULL, created_at INTEGER NOT NULL, data BLOB NOT NULL
        ) WITHOUT ROWID;
        """)
    {
        IsDurable = false,
    };

    private readonly Lock _gate = new();
    private readonly SideDatabase _database;

    /// <param name="path">The file.</param>
    /// <param name="problems">Learns of a file that is damaged and was set aside.</param>
    /// <param name="time">The clock.</param>
    public VectorFile(string path, ProblemLog problems, TimeProvider time) => _database = new SideDatabase(path, Schema, problems, time);

    /// <summary>The model that made the vectors; <see langword="null"/> before the first.</summary>
    public string? Model
    {
        get
        {
            lock (_gate) return _database.Read(static session => session.Scalar("SELECT name FROM model") as string);
        }
    }

    /// <summary>Forgets all vectors, and notes who makes the next ones.</summary>
    public void Begin(string model) => Write(session =>
    {
        session.Prepare("DELETE FROM vector").Run();
        session.Prepare("DELETE FROM model").Run();
        session.Prepare("INSERT INTO model (name) VALUES (?1)").Bind(1, model).Run();
    });

    public void Put(IEnumerable<StoredVector> vectors) => Write(session =>
    {
        foreach (var vector in vectors)
        {
            session.Prepare("INSERT OR REPLACE INTO vector (id, hash, project, created_at, data) VALUES (?1, ?2, ?3, ?4, ?5)")
                .Bind(1, vector.Id).Bind(2, vector.Hash).Bind(3, vector.Project).Bind(4, vector.CreatedAt)
                .Bind(5, MemoryMarshal.AsBytes(vector.Values.AsSpan()).ToArray())
                .Run();
        }
    });

    public void Remove(IEnumerable<Guid> ids) => Write(session =>
    {
        foreach (var id in ids) session.Prepare("DELETE FROM vector WHERE id = ?1").Bind(1, id).Run();
    });

    public List<StoredVector> ReadAll()
    {
        lock (_gate) return _database.Read(Read);
    }

    public void Dispose()
    {
        lock (_gate) _database.Dispose();
    }

    private static List<StoredVector> Read(SqliteSession session)
    {
        var vectors = new List<StoredVector>();
        var row = session.Prepare("SELECT id, hash, project, created_at, data FROM vector");
        try
        {
            while (row.Step())
                vectors.Add(new StoredVector(row.Guid(0), row.Int64(1), row.Text(2), row.Int64(3),
                    MemoryMarshal.Cast<byte, float>(row.Bytes(4)).ToArray()));
        }
        finally
        {
            row.Reset();
        }

        return vectors;
    }

    private void Write(Action<SqliteSession> write)
    {
        lock (_gate) _database.Write(write);
    }
}
