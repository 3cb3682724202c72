using System.Collections.Concurrent;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using MemoryTriggers.Sqlite;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Chain;

/// <summary>
/// Which memories are in a lower store until the first one is back. On disk, in a small SQLite file that several processes may share: what
/// they carry back twice is one memory all the same. Thread-safe.
/// </summary>
internal sealed class ChainBacklog : IDisposable
{
    private static readonly SideSchema Schema = new(
        "the backlog of the chain", "memories that were noted there stay in a lower store: export them from it, and import them",
        0x4D540005, "CREATE TABLE IF NOT EXISTS backlog (id BLOB PRIMARY KEY, link TEXT NOT NULL) WITHOUT ROWID",
        new SideTable("backlog", "id, link", "id"))
    {
        HasLog = false,
    };

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Guid, string> _links = [];
    private SideDatabase? _database;

    /// <summary>Opens the file; without one it is kept in memory. Happens once, before anything is noted.</summary>
    /// <exception cref="MemoryBackendException">The file cannot be used.</exception>
    public void Open(string path, TimeProvider time, ILogger logger)
    {
        var folder = Path.GetDirectoryName(path)!;
        var database = new SideDatabase(path, Schema, ProblemLog.At(folder, time, logger), time);
        try
        {
            DurableDirectory.Create(folder, SystemDisk.Instance);
            Load(database);
            _database = database;
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            database.Dispose();
            throw new MemoryBackendException("chain", $"the backlog '{path}' cannot be opened: {exception.Message}",
                isTransient: false, exception);
        }
    }

    public bool IsEmpty => _links.IsEmpty;

    public int Count => _links.Count;

    /// <summary>The store that has the memory, or <see langword="null"/>.</summary>
    public string? LinkOf(Guid id) => _links.GetValueOrDefault(id);

    /// <summary>Some of those in a store.</summary>
    public IReadOnlyList<Guid> In(string link, int most, Func<Guid, bool>? isWanted = null) =>
        [.. _links.Where(entry => entry.Value == link && isWanted?.Invoke(entry.Key) != false).Take(most)
            .Select(static entry => entry.Key)];

    /// <summary>Notes them. Returns when that is on disk.</summary>
    /// <exception cref="MemoryBackendException">It is not.</exception>
    public void Add(IEnumerable<Guid> ids, string link) => Change(
        [.. ids],
        (session, id) => session.Prepare("INSERT OR REPLACE INTO backlog (id, link) VALUES (?1, ?2)").Bind(1, id).Bind(2, link).Run(),
        id => _links[id] = link);

    public void Remove(IEnumerable<Guid> ids) => Change(
        [.. ids],
        static (session, id) => session.Prepare("DELETE FROM backlog WHERE id = ?1").Bind(1, id).Run(),
        id => _links.TryRemove(id, out _));

    public void Dispose()
    {
        lock (_gate) _database?.Dispose();
    }

    /// <summary>Learns what other processes have noted.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            if (_database is not null) Load(_database);
        }
    }

    private void Load(SideDatabase database)
    {
        var found = database.Read(static session =>
        {
            var rows = new Dictionary<Guid, string>();
            var statement = session.Prepare("SELECT id, link FROM backlog");
            try
            {
                while (statement.Step()) rows[statement.Guid(0)] = statement.Text(1);
            }
            finally
            {
                statement.Reset();
            }

            return rows;
        });
        foreach (var gone in _links.Keys.Where(id => !found.ContainsKey(id))) _links.TryRemove(gone, out _);
        foreach (var (id, link) in found) _links[id] = link;
    }

    private void Change(Guid[] ids, Action<SqliteSession, Guid> onDisk, Action<Guid> inMemory)
    {
        lock (_gate)
        {
            try
            {
                _database?.Write(session =>
                {
                    foreach (var id in ids) onDisk(session, id);
                });
            }
            catch (Exception exception) when (SqliteFailure.IsKnown(exception))
            {
                throw new MemoryBackendException("chain", $"the backlog cannot be written: {exception.Message}",
                    isTransient: true, exception);
            }

            foreach (var id in ids) inMemory(id);
        }
    }
}
