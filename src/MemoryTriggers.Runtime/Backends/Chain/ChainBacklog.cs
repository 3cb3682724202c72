using System.Collections.Concurrent;
using MemoryTriggers.Files;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Backends.Chain;

/// <summary>
/// Which memories are in a lower store until the first one is back. On disk, in a small SQLite file that several processes may share: what
/// they carry back twice is one memory all the same. Thread-safe.
/// </summary>
internal sealed class ChainBacklog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Guid, string> _links = [];
    private SqliteSession? _session;

    /// <summary>Opens the file; without one it is kept in memory. Happens once, before anything is noted.</summary>
    /// <exception cref="MemoryBackendException">The file cannot be used.</exception>
    public void Open(string path)
    {
        try
        {
            DurableDirectory.Create(Path.GetDirectoryName(path)!, SystemDisk.Instance);
            _session = SqliteSession.Open(path, SqliteOpenMode.ReadWriteCreate, cacheKilobytes: 256);
            _session.Execute("PRAGMA synchronous=FULL");
            _session.Execute("CREATE TABLE IF NOT EXISTS backlog (id BLOB PRIMARY KEY, link TEXT NOT NULL) WITHOUT ROWID");
            Load(_session);
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            _session?.Dispose();
            _session = null;
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
    public void Add(IEnumerable<Guid> ids, string link) => Change(ids, id =>
    {
        _session?.Prepare("INSERT OR REPLACE INTO backlog (id, link) VALUES (?1, ?2)").Bind(1, id).Bind(2, link).Run();
        _links[id] = link;
    });

    public void Remove(IEnumerable<Guid> ids) => Change(ids, id =>
    {
        _session?.Prepare("DELETE FROM backlog WHERE id = ?1").Bind(1, id).Run();
        _links.TryRemove(id, out _);
    });

    public void Dispose()
    {
        lock (_gate) _session?.Dispose();
    }

    /// <summary>Learns what other processes have noted.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            if (_session is not null) Load(_session);
        }
    }

    private void Load(SqliteSession session)
    {
        var found = new Dictionary<Guid, string>();
        var statement = session.Prepare("SELECT id, link FROM backlog");
        while (statement.Step()) found[statement.Guid(0)] = statement.Text(1);
        statement.Reset();
        foreach (var gone in _links.Keys.Where(id => !found.ContainsKey(id))) _links.TryRemove(gone, out _);
        foreach (var (id, link) in found) _links[id] = link;
    }

    private void Change(IEnumerable<Guid> ids, Action<Guid> change)
    {
        lock (_gate)
        {
            try
            {
                _session?.Prepare("BEGIN IMMEDIATE").Run();
                foreach (var id in ids) change(id);
                _session?.Prepare("COMMIT").Run();
            }
            catch (Exception exception) when (SqliteFailure.IsKnown(exception))
            {
                SqliteFailure.RollBack(_session!);
                throw new MemoryBackendException("chain", $"the backlog cannot be written: {exception.Message}",
                    isTransient: true, exception);
            }
        }
    }
}
