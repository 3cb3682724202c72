using System.Text.Json;
using MemoryTriggers.Backends;
using MemoryTriggers.Backends.InMemory;
using MemoryTriggers.Backends.JsonFile;
using MemoryTriggers.Decoding;
using MemoryTriggers.Files;
using MemoryTriggers.Ranking;
using MemoryTriggers.Transfer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>
/// Keeps memories in one readable JSON file: for development, and for up to about a thousand of them. Every write writes the whole file, so
/// that it is whole at any moment. Several processes may use one file. Safe for concurrent use.
/// </summary>
public sealed class JsonFileMemoryBackend : IMemoryBackend, IRankedStore, IFileStore
{
    private readonly EntryTable _table = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _loading = new();
    private readonly string _givenPath;
    private readonly TimeSpan _lockTimeout;
    private readonly IDisk _disk;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly int _warnAbove;
    private MemoryFile _file;
    private FileLock _lock;
    private bool _isOpen;
    private MemoryRanking _ranking;
    private long _revision;
    private IReadOnlyList<string> _unreadable = [];
    private string? _damaged;
    private bool _hasWarned;

    /// <summary>Makes the backend; <see cref="InitializeAsync"/> opens the file.</summary>
    /// <exception cref="OptionsValidationException">A setting is out of range.</exception>
    public JsonFileMemoryBackend(JsonFileBackendOptions options, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (new JsonFileBackendOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(JsonFileBackendOptions), typeof(JsonFileBackendOptions), result.Failures);

        (_logger, _time, _warnAbove, _disk) = (logger, timeProvider, options.WarnAbove, options.Disk);
        (_givenPath, _lockTimeout) = (options.Path, options.LockTimeout);
        (_file, _lock) = FileAt(Path.GetFullPath(options.Path));
        _ranking = MemoryRanking.By(timeProvider);
    }

    /// <inheritdoc/>
    public string Name => "json";

    /// <summary>Reads the file. An unreadable file is moved aside, and the store starts empty.</summary>
    /// <exception cref="MemoryBackendException">The file has a newer format, or cannot be reached.</exception>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => WriteAsync(
        () =>
        {
            Refresh(mayMoveAside: true);
            _isOpen = true;
            return true;
        },
        "open the file",
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Count == 0) return;
        await WriteAsync(() => Rewrite(_ => batch, []), "store a batch", cancellationToken).ConfigureAwait(false);
        WarnOnce();
    }

    /// <inheritdoc/>
    /// <remarks>Under the lock that writers of all processes take.</remarks>
    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        await WriteAsync(() => Rewrite(table => change(table.Get(id)), []), "change a memory", cancellationToken).ConfigureAwait(false);
        WarnOnce();
    }

    /// <inheritdoc/>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        Read(table => table.Get(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(table => table.Query(query), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return Read(table => table.Search(text, query, _ranking), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(table => table.CountMatching(query), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var deleted = false;
        await WriteAsync(() => deleted = Rewrite(static _ => [], [id]), "remove a memory", cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    /// <inheritdoc/>
    public async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var deleted = 0;
        await WriteAsync(
            () =>
            {
                Refresh(mayMoveAside: true);
                var ids = _table.All.Where(entry => EntryFilter.Matches(query, entry)).Select(static entry => entry.Id).ToList();
                deleted = ids.Count;
                return Rewrite(static _ => [], ids);
            },
            "remove memories",
            cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(table => table.Statistics(query), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return key is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            var count = Read(static table => table.Count, cancellationToken).Result;
            var more = count > _warnAbove ? $"; more than {_warnAbove}: SQLite would be the better store" : "";
            if (_unreadable is [var first, ..] unreadable)
            {
                return new(new MemoryBackendHealth(Name, false, $"{unreadable.Count} entries of {_file.Path} cannot be read " +
                    $"({first}); {count} memories can"));
            }

            return new(_damaged is { } aside
                ? new MemoryBackendHealth(Name, false, $"the file was damaged and is now {aside}; {count} memories since")
                : new MemoryBackendHealth(Name, true, $"{count} memories in {_file.Path}{more}"));
        }
        catch (MemoryBackendException exception)
        {
            return new(new MemoryBackendHealth(Name, false, exception.Message));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _table.Dispose();
        _writing.Dispose();
        return default;
    }

    void IRankedStore.RankBy(MemoryRanking ranking) => _ranking = ranking;

    void IFileStore.BeginAt(string folder)
    {
        if (!_isOpen) (_file, _lock) = FileAt(DataDirectory.PathOf(folder, _givenPath));
    }

    private (MemoryFile File, FileLock Lock) FileAt(string path) =>
        (new MemoryFile(path, _disk, _time), new FileLock(Name, path + ".lock", _lockTimeout));

    // Writes the file as it is to be, and only then shows it to readers.
    private bool Rewrite(Func<EntryTable, IReadOnlyList<MemoryEntry>> store, IReadOnlyList<Guid> remove)
    {
        Refresh(mayMoveAside: true);
        var stored = store(_table);
        var entries = _table.All.ToDictionary(static entry => entry.Id);
        var removed = remove.Count(entries.Remove);
        foreach (var entry in stored)
        {
            var isEmpty = entry.Value.ValueKind == JsonValueKind.Undefined;
            entries[entry.Id] = isEmpty ? entry with { Value = MemoryEntry.EmptyObject } : entry;
        }

        if (removed == 0 && stored.Count == 0) return false;

        KeepUnreadable();
        Save(entries);
        _table.Store(stored);
        foreach (var id in remove) _table.Delete(id);
        return true;
    }

    private async ValueTask WriteAsync(Func<bool> write, string action, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DurableDirectory.Create(Path.GetDirectoryName(_file.Path)!, _disk);
            using var held = await _lock.AcquireAsync(cancellationToken).ConfigureAwait(false);
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(action, exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    private ValueTask<T> Read<T>(Func<EntryTable, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Without the lock: a renamed file is whole. A damaged one is left to the next write, which has the lock.
            Refresh(mayMoveAside: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure("read the file", exception);
        }

        return new(read(_table));
    }

    // What another process has written since.
    private void Refresh(bool mayMoveAside)
    {
        lock (_loading)
        {
            if (_file.Revision() is var revision && revision == _revision) return;
            try
            {
                var document = _file.Read();
                _table.Replace(
                    document?.Entries.Values.Select(static entry => ContextUser.Fill(entry with { Value = Compact(entry.Value) })) ?? []);
                _revision = document?.Revision ?? 0;
                _unreadable = document?.Unreadable ?? [];
                if (_unreadable.Count > 0) Backends.JsonFile.Log.EntriesUnreadable(_logger, _file.Path, _unreadable.Count, _unreadable[0]);
            }
            catch (NotSupportedException exception)
            {
                // Replaced while in use, it is no fault of what was to be written.
                throw new MemoryBackendException(
                    Name, $"Could not read {_file.Path}: {exception.Message}", isTransient: _isOpen, exception);
            }
            catch (JsonException) when (!mayMoveAside)
            {
                throw new MemoryBackendException(
                    Name, $"{_file.Path} is damaged; it is moved aside with the next write", isTransient: true);
            }
            catch (JsonException exception)
            {
                _damaged = _file.SetAside();
                Backends.JsonFile.Log.FileDamaged(_logger, _file.Path, _damaged, exception.Message);
                _table.Replace([]);
                _revision = 0;
            }
        }
    }

    // The file is about to be written without them.
    private void KeepUnreadable()
    {
        lock (_loading)
        {
            if (_unreadable.Count == 0) return;
            _damaged = _file.CopyAside();
            _unreadable = [];
        }
    }

    private void Save(IReadOnlyDictionary<Guid, MemoryEntry> entries)
    {
        lock (_loading)
        {
            _file.Write(new MemoryDocument
            {
                Format = MemoryDocument.CurrentFormat,
                Revision = _revision + 1,
                UpdatedAt = _time.GetUtcNow(),
                Entries = entries,
            });
            _revision++;
        }
    }

    // In the file it is indented, as everything is.
    private static JsonElement Compact(JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return value.ValueKind == JsonValueKind.Undefined ? MemoryEntry.EmptyObject : value;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) value.WriteTo(writer);
        return JsonElement.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private void WarnOnce()
    {
        if (_hasWarned || _table.Count <= _warnAbove) return;
        _hasWarned = true;
        Backends.JsonFile.Log.FileLarge(_logger, _file.Path, _warnAbove);
    }

    private MemoryBackendException Failure(string action, Exception exception) =>
        new(Name, $"Could not {action}: {exception.Message}", isTransient: true, exception);
}
