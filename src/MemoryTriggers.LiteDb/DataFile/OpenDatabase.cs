using LiteDB;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.DataFile;

/// <summary>
/// The database of a backend, opened again when it has closed itself: after an error of the disk, when it is found damaged, or when the
/// file of that name is no longer the one that is open. Reads share it; a writer has the backend's turn.
/// </summary>
internal sealed class OpenDatabase(LiteDbBackendOptions options, LiteDbFiles files, ILogger logger, TimeProvider time)
{
    private readonly ReaderWriterLockSlim _use = new();
    private LiteDbSession? _session;
    private bool _isClosed;
    private bool _isSuspect;

    /// <summary>The repair of a damaged or replaced file, or <see langword="null"/>.</summary>
    public string? Recovery { get; private set; }

    /// <exception cref="MemoryBackendException">It cannot be opened.</exception>
    public void Open() => Guard("open the database", () =>
    {
        Exclusively(Reopen);
        return true;
    });

    public T Read<T>(string action, Func<ILiteCollection<BsonDocument>, T> read) =>
        Guard(action, () => Use(session => read(session.Memories)));

    /// <summary>Writes, and returns when that is on disk.</summary>
    public T Write<T>(string action, Func<ILiteCollection<BsonDocument>, T> write) => Guard(action, () =>
    {
        if (!Use(static session => session.IsInPlace())) Exclusively(TakeReplacement);
        return Use(session =>
        {
            var result = write(session.Memories);
            session.Sync();
            if (session.JournalPages >= options.CheckpointPages) session.Checkpoint();
            return result;
        });
    });

    /// <summary>Leaves nothing of what was deleted in the files.</summary>
    /// <returns>Always <see langword="true"/>.</returns>
    public bool Forget() => Guard("clear what was deleted", () => Use(static session =>
    {
        session.Checkpoint();
        return true;
    }));

    public void Close() => Exclusively(() =>
    {
        (_isClosed, var session) = (true, _session);
        _session = null;
        try
        {
            session?.CloseClean();
        }
        catch (Exception exception)
        {
            // The boundary of the store: everything is durable in the journal already; the next start reads it.
            Log.CheckpointSkipped(logger, exception.GetType().Name);
            Discard(session);
        }
    });

    private T Use<T>(Func<LiteDbSession, T> use)
    {
        while (true)
        {
            _use.EnterReadLock();
            try
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                if (_session is { } session) return use(session);
            }
            finally
            {
                _use.ExitReadLock();
            }

            Exclusively(ReopenInUse);
        }
    }

    // What is wrong with the file now is no fault of what was to be written or read.
    private void ReopenInUse()
    {
        try
        {
            Reopen();
        }
        catch (MemoryBackendException exception) when (!exception.IsTransient)
        {
            throw new MemoryBackendException(LiteDbMemoryBackend.BackendName, "the database cannot be opened again", isTransient: true,
                exception);
        }
    }

    private void Reopen()
    {
        if (_isClosed || _session is not null) return;
        var opener = new LiteDbOpener(options, files, logger, time);
        _session = options.OpensExisting ? opener.OpenExisting() : opener.Open(_isSuspect);
        _isSuspect = false;
        Recovery = opener.Recovery ?? Recovery;
    }

    private void TakeReplacement()
    {
        Log.FileReplaced(logger, files.Database);
        Recovery = $"{Path.GetFileName(files.Database)} was replaced or removed while it was open; what is there now is used";
        Discard(_session);
        _session = null;
        if (files.WasLeftOpen) files.SetAside(time.GetUtcNow(), onlyJournal: true);
    }

    private T Guard<T>(string action, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception)
            when (exception is not OperationCanceledException && !(exception is ObjectDisposedException && _isClosed))
        {
            // The boundary of the store: LiteDB reads damaged pages with errors of any kind.
            if (LiteDbFailure.Closes(exception)) Exclusively(() => Drop(LiteDbFailure.IsDamage(exception)));
            throw LiteDbFailure.Translate(exception, action);
        }
    }

    private void Drop(bool isSuspect)
    {
        _isSuspect |= isSuspect;
        Discard(_session);
        _session = null;
    }

    private void Discard(LiteDbSession? session)
    {
        try
        {
            session?.Dispose();
        }
        catch (Exception exception)
        {
            // The boundary of the store: it is given up because it failed, and may fail once more.
            Log.CheckpointSkipped(logger, exception.GetType().Name);
        }
    }

    private void Exclusively(Action action)
    {
        _use.EnterWriteLock();
        try
        {
            action();
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }
}
