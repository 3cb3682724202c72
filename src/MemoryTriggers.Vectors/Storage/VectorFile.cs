using System.Runtime.InteropServices;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Vectors;

/// <summary>
/// The vectors on disk, in a SQLite file beside the memories. It holds nothing that cannot be made again, so that it is not forced to disk,
/// and a file that cannot be read is replaced by an empty one. Thread-safe.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteSession _session;

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public VectorFile(string path)
    {
        _session = SqliteSession.Open(path, SqliteOpenMode.ReadWriteCreate, cacheKilobytes: 1_024);
        try
        {
            _session.Execute("PRAGMA journal_mode=WAL");
            _session.Execute("PRAGMA synchronous=OFF");
            _session.Execute("PRAGMA wal_autocheckpoint=1000");
            _session.Execute("CREATE TABLE IF NOT EXISTS model (name TEXT NOT NULL)");
            _session.Execute("""
                CREATE TABLE IF NOT EXISTS vector (
                    id BLOB PRIMARY KEY, hash INTEGER NOT NULL, project TEXT NOT NULL, created_at INTEGER NOT NULL, data BLOB NOT NULL
                ) WITHOUT ROWID
                """);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file; one that cannot be read is replaced by an empty one.</summary>
    /// <exception cref="SqliteException">It cannot be opened at all.</exception>
    public static VectorFile Open(string path)
    {
        try
        {
            return new VectorFile(path);
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            foreach (var part in (string[])[path, path + "-wal", path + "-shm"]) File.Delete(part);
            return new VectorFile(path);
        }
    }

    /// <summary>The model that made the vectors; <see langword="null"/> before the first.</summary>
    public string? Model
    {
        get
        {
            lock (_gate) return _session.Scalar("SELECT name FROM model") as string;
        }
    }

    /// <summary>Forgets all vectors, and notes who makes the next ones.</summary>
    public void Begin(string model) => Write(() =>
    {
        _session.Prepare("DELETE FROM vector").Run();
        _session.Prepare("DELETE FROM model").Run();
        _session.Prepare("INSERT INTO model (name) VALUES (?1)").Bind(1, model).Run();
    });

    public void Put(IEnumerable<StoredVector> vectors) => Write(() =>
    {
        foreach (var vector in vectors)
        {
            _session.Prepare("INSERT OR REPLACE INTO vector (id, hash, project, created_at, data) VALUES (?1, ?2, ?3, ?4, ?5)")
                .Bind(1, vector.Id).Bind(2, vector.Hash).Bind(3, vector.Project).Bind(4, vector.CreatedAt)
                .Bind(5, MemoryMarshal.AsBytes(vector.Values.AsSpan()).ToArray())
                .Run();
        }
    });

    public void Remove(IEnumerable<Guid> ids) => Write(() =>
    {
        foreach (var id in ids) _session.Prepare("DELETE FROM vector WHERE id = ?1").Bind(1, id).Run();
    });

    public List<StoredVector> ReadAll()
    {
        lock (_gate)
        {
            var vectors = new List<StoredVector>();
            var row = _session.Prepare("SELECT id, hash, project, created_at, data FROM vector");
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
    }

    public void Dispose()
    {
        lock (_gate) _session.Dispose();
    }

    private void Write(Action write)
    {
        lock (_gate)
        {
            _session.Execute("BEGIN IMMEDIATE");
            try
            {
                write();
                _session.Execute("COMMIT");
            }
            catch
            {
                SqliteFailure.RollBack(_session);
                throw;
            }
        }
    }
}
