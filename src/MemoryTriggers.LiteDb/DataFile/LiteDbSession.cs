using LiteDB;
using LiteDB.Engine;
using MemoryTriggers.Documents;

namespace MemoryTriggers.DataFile;

/// <summary>
/// One open database. LiteDB closes itself at the first error of the disk or of the file; then a session is replaced by a new one.
/// </summary>
internal sealed class LiteDbSession : IDisposable
{
    private const string CollectionName = "memory";
    private const int SchemaVersion = 2;
    private readonly LiteDbFiles _files;
    private readonly DataStream _data;
    private readonly JournalStream _journal;
    private readonly LiteEngine _engine;
    private readonly LiteDatabase _database;

    private LiteDbSession(LiteDbFiles files, DataStream data, JournalStream journal, LiteEngine engine)
    {
        (_files, _data, _journal, _engine) = (files, data, journal, engine);
        _database = new LiteDatabase(engine, disposeOnClose: false);
        Memories = _database.GetCollection(CollectionName, BsonAutoId.Guid);
    }

    public ILiteCollection<BsonDocument> Memories { get; }

    /// <summary>Opens the database, and makes it when it is not there.</summary>
    public static LiteDbSession Open(LiteDbFiles files)
    {
        var data = new DataStream(files.Open(files.Database, FileMode.OpenOrCreate));
        var isNew = data.Length == 0;
        JournalStream? journal = null;
        LiteEngine? engine = null;
        try
        {
            journal = new JournalStream(mode => files.Open(files.Journal, mode));
            // The process that made a file may have died before its name was forced to disk.
            files.SyncNames();
            engine =
                new LiteEngine(new EngineSettings { DataStream = data, LogStream = journal, Collation = isNew ? Collation.Binary : null });
            return new LiteDbSession(files, data, journal, engine);
        }
        catch
        {
            engine?.Dispose();
            journal?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Makes what is missing: collection, indexes, version.</summary>
    /// <exception cref="MemoryBackendException">The file is of a newer version, or another program's.</exception>
    public void Prepare()
    {
        RequireOwn();

        if (_journal.Length > 0 || _journal.HasRest)
        {
            _journal.Rewrite();
            Checkpoint();
        }

        // LiteDB would move pages into the database before the journal is on disk, and in the middle of a call.
        if (_database.CheckpointSize != 0) _database.CheckpointSize = 0;
        if (_database.UserVersion == SchemaVersion) return;
        if (_database.UserVersion == 1) UserFill.Run(Memories);
        Memories.EnsureIndex(EntryDocument.Order, "$." + EntryDocument.Order);
        Memories.EnsureIndex(EntryDocument.Keys, $"$.{EntryDocument.Keys}[*]");
        _database.UserVersion = SchemaVersion;
        Sync();
    }

    /// <exception cref="MemoryBackendException">It is not what this version has made.</exception>
    public void RequireCurrent()
    {
        RequireOwn();
        if (_database.UserVersion == 0) throw Refusal("has no memories");
        if (_database.UserVersion != SchemaVersion)
            throw Refusal($"has version {_database.UserVersion}, not {SchemaVersion}: a program of this version brings it up to date");
        if (_journal.HasRest) Checkpoint();
    }

    /// <summary>Forces everything that was written to disk. What comes back from here survives a loss of power.</summary>
    public void Sync() => _journal.Sync();

    /// <summary>Pages in the journal.</summary>
    public long JournalPages => _journal.Pages;

    /// <summary>Moves the journal into the database and empties it. Nothing that was deleted is left in either.</summary>
    public void Checkpoint()
    {
        Sync();
        _database.Checkpoint();

        // A rest that is no page of LiteDB's is nothing that it would remove.
        lock (_journal) _journal.SetLength(0);
    }

    /// <summary>Whether the file of that name is still the one that is open.</summary>
    public bool IsInPlace()
    {
        if (!_files.Disk.FileExists(_files.Database)) return false;
        using var file = _files.Open(_files.Database, FileMode.Open);
        if (file.Length != _data.Length) return false;
        Span<byte> named = stackalloc byte[PagedStream.PageSize];
        Span<byte> opened = stackalloc byte[PagedStream.PageSize];
        PagedStream.ReadPage(file, 0, named);
        lock (_data) _data.ReadHeader(opened);
        return named.SequenceEqual(opened);
    }

    /// <summary>Closes it with a checkpoint; the journal goes, since nothing is in it.</summary>
    public void CloseClean()
    {
        Checkpoint();
        Dispose();
        _files.DeleteJournal();
    }

    public void Dispose()
    {
        _database.Dispose();
        _engine.Dispose();
        _journal.Dispose();
        _data.Dispose();
    }

    private void RequireOwn()
    {
        if (_database.UserVersion > SchemaVersion)
            throw Refusal($"has version {_database.UserVersion}; this one reads up to {SchemaVersion}");
        var isOther = _database.UserVersion == 0 && _database.GetCollectionNames().Any(static name => name != CollectionName);
        if (isOther || _database.Collation.ToString() != Collation.Binary.ToString())
            throw Refusal("is a LiteDB database of another program: give the memories a file of their own");
    }

    private MemoryBackendException Refusal(string problem) =>
        new(LiteDbMemoryBackend.BackendName, $"{_files.Database} {problem}.", isTransient: false);
}
