using MemoryTriggers.Files;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>
/// The database of a backend with its connections. It is opened again when a call finds it damaged, after what can be read was saved, and
/// when the file of that name is no longer the one that is open. Thread-safe.
/// </summary>
internal sealed class OpenDatabase : IAsyncDisposable
{
    private readonly SqliteBackendOptions _options;
    private readonly DatabaseFiles _files;
    private readonly FileLock _writeLock;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1);
    private volatile SqliteReaderPool _readers;
    private SqliteWriter? _writer;
    private FileStream? _openMark;
    private volatile bool _isSuspect;
    private volatile bool _isDisposed;

    public OpenDatabase(SqliteBackendOptions options, ILogger logger, TimeProvider time)
    {
        (_options, _logger, _time) = (options, logger, time);
        _files = new DatabaseFiles(options.Path);
        _writeLock = new FileLock(SqliteMemoryBackend.BackendName, _files.WriteLock, options.BusyTimeout);
        _readers = new SqliteReaderPool(options);
    }

    public string Path => _files.Database;

    /// <summary>The last repair of a damaged or replaced file, or <see langword="null"/>.</summary>
    public string? Recovery { get; private set; }

    /// <exception cref="MemoryBackendException">It cannot be opened.</exception>
    /// <exception cref="InvalidOperationException">It is open.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_writer is not null) throw new InvalidOperationException("It is open already.");
        if (_options.OpensExisting)
        {
            _writer = Opener().OpenExisting();
            return;
        }

        _files.CreateDirectory();
        using var held = await _writeLock.AcquireAsync(cancellationToken).ConfigureAwait(false);
        Open(isSuspect: false);
        var version = (string)_writer!.Session.Scalar("SELECT sqlite_version()")!;
        Log.DatabaseOpened(_logger, version, _files.Database, SqliteSchema.Version(_writer.Session));
    }

    public async ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await _readers.ReadAsync(read, cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectDisposedException) when (!_isDisposed)
            {
                // It is being opened again: what is read is the file that is open then.
                await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
                _writing.Release();
            }
            catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
            {
                // A read must not wait for a repair: the next write makes it.
                _isSuspect = true;
                throw;
            }
        }
    }

    /// <summary>Checks every page. What it finds is repaired with the next write.</summary>
    /// <returns>The problems; empty when there are none.</returns>
    public ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => AloneAsync(
        () =>
        {
            try
            {
                var problems = SqliteReads.CheckIntegrity(_writer!.Session);
                _isSuspect |= problems.Count > 0;
                return ValueTask.FromResult(problems);
            }
            catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
            {
                _isSuspect = true;
                throw;
            }
        },
        cancellationToken);

    /// <summary>Writes under the lock of all writers. When it returns, what was written is in the file of that name.</summary>
    public ValueTask<T> WriteAsync<T>(Func<SqliteWriter, T> write, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            if (_options.OpensExisting) return write(_writer!);
            var result = await WriteWholeAsync(write).ConfigureAwait(false);
            if (!SqliteNative.HasMoved(_writer!.Session)) return result;

            // What was written is in a file that is not opened again.
            Log.FileReplaced(_logger, _files.Database);
            await ReopenAsync().ConfigureAwait(false);
            Recovery = $"{System.IO.Path.GetFileName(Path)} was replaced or removed while it was open; what is there now is used";
            return write(_writer!);
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await _readers.CloseAsync().ConfigureAwait(false);

            // Opened as it is, the log is left to its owner; SQLite itself moves it when no other connection is open.
            if (_writer is null || _options.OpensExisting) return;
            using var held = await _writeLock.AcquireAsync(CancellationToken.None).ConfigureAwait(false);
            _writer.CheckpointForClose();
        }
        catch (Exception exception) when (exception is MemoryBackendException || SqliteFailure.IsKnown(exception))
        {
            // Everything is durable in the log already; the next start reads it.
            Log.CheckpointSkipped(_logger, exception.Message);
        }
        finally
        {
            Drop();

            // Callers that still wait are released, and fail.
            _writing.Release();
        }
    }

    private SqliteOpener Opener() => new(_options, _files, _logger, _time);

    private async ValueTask<T> AloneAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            using var held = await AcquireAsync(cancellationToken).ConfigureAwait(false);
            if (!_options.OpensExisting && (_writer is null || _isSuspect)) await ReopenAsync().ConfigureAwait(false);
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    // The folder may have been removed with the file.
    private ValueTask<IDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        if (!_options.OpensExisting) _files.CreateDirectory();
        return _writeLock.AcquireAsync(cancellationToken);
    }

    private async ValueTask<T> WriteWholeAsync<T>(Func<SqliteWriter, T> write)
    {
        try
        {
            return write(_writer!);
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            _isSuspect = true;
            await ReopenAsync().ConfigureAwait(false);
            return write(_writer!);
        }
        catch (SqliteException exception) when (SqliteFailure.IsOfConnection(exception))
        {
            Drop();
            throw;
        }
    }

    // Readers that are under way end with the file that they have open.
    private async ValueTask ReopenAsync()
    {
        await _readers.CloseAsync().ConfigureAwait(false);
        Drop();
        try
        {
            Open(_isSuspect);
        }
        catch (MemoryBackendException exception) when (!exception.IsTransient)
        {
            // What is wrong with the file now is no fault of what was to be written.
            throw new MemoryBackendException(SqliteMemoryBackend.BackendName, "the database cannot be opened again", isTransient: true,
                exception);
        }
        finally
        {
            _readers = new SqliteReaderPool(_options);
        }

        _isSuspect = false;
    }

    private void Open(bool isSuspect)
    {
        var opener = Opener();
        _writer = opener.Open(isSuspect);
        _openMark = _files.HoldOpen();
        Recovery = opener.Recovery ?? Recovery;
    }

    private void Drop()
    {
        _writer?.Dispose();
        _openMark?.Dispose();
        (_writer, _openMark) = (null, null);
    }
}
