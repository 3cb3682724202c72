using System.Collections.Concurrent;
using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>Connections for reading. Each read sees one state of the database, and never waits for the writer.</summary>
internal sealed class SqliteReaderPool(SqliteBackendOptions options)
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly SemaphoreSlim _slots = new(options.MaxReaders);
    private volatile bool _disposed;

    public async ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteMemoryBackend));
            var session = _idle.TryTake(out var idle) ? idle : EntryDatabase.OpenReader(options);
            var healthy = false;
            try
            {
                session.Prepare("BEGIN").Run();
                var result = read(session);
                session.Prepare("COMMIT").Run();
                healthy = true;
                return result;
            }
            finally
            {
                // A connection on which something failed may hold a transaction open; it is not used again.
                if (healthy) _idle.Add(session);
                else session.Dispose();
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Waits for the reads that are under way, then closes all connections.</summary>
    public async ValueTask CloseAsync()
    {
        _disposed = true;
        for (var i = 0; i < options.MaxReaders; i++) await _slots.WaitAsync().ConfigureAwait(false);
        while (_idle.TryTake(out var session)) session.Dispose();

        // Callers that still wait are released, and fail.
        _slots.Release(options.MaxReaders);
    }
}
