using MemoryTriggers.Backends;
using MemoryTriggers.Backends.InMemory;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Journal;
using MemoryTriggers.Problems;
using MemoryTriggers.Retention;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Memories;

/// <summary>
/// Removes memories from every file of a data folder: store, full text, write-ahead log, journals, quarantines, dead letters, held records,
/// vectors, archive. Says which copies it could not reach.
/// </summary>
/// <param name="backend">The store.</param>
/// <param name="data">The data folder.</param>
/// <param name="journals">The folders of journals in it.</param>
/// <param name="letters">Its dead letters.</param>
/// <param name="project">The project of records without one.</param>
/// <param name="time">The clock.</param>
internal sealed class MemoryPurge(
    IMemoryBackend backend, string data, IReadOnlyList<string> journals, DeadLetterStore letters, string? project, TimeProvider time)
{
    private readonly List<string> _unreached = [];

    /// <summary>The folder of the archive, when there is one.</summary>
    public string? Archive { get; init; }

    /// <summary>The held records of this process.</summary>
    public HoldingStore? Held { get; init; }

    /// <summary>The journal folder of this process, and what clears it.</summary>
    public (string? Folder, Func<CancellationToken, ValueTask> Clear)? Own { get; init; }

    /// <summary>Removes the memories that match, with their earlier versions.</summary>
    /// <param name="query">Which; every user's, and expired and replaced ones as well.</param>
    /// <param name="id">Only this one.</param>
    /// <param name="cancellationToken">Stops; what was removed by then is gone.</param>
    /// <returns>How many were in the store, and each copy that could not be reached, for people.</returns>
    /// <exception cref="MemoryBackendException">The store does not answer.</exception>
    public async Task<(long Deleted, IReadOnlyList<string> Unreached)> RunAsync(
        MemoryQuery query, Guid? id, CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        var ids = await IdsAsync(query, id, cancellationToken).ConfigureAwait(false);
        var deleted = 0L;
        foreach (var one in ids) if (await backend.DeleteAsync(one, cancellationToken).ConfigureAwait(false)) deleted++;
        await PurgeStoreAsync(cancellationToken).ConfigureAwait(false);
        bool IsDoomed(MemoryEntry entry) => ids.Contains(entry.Id) || (id is null && EntryFilter.Matches(query, entry));

        Try("the dead letters", () =>
            letters.Remove(letters.List().Where(letter => IsOf(letter.Record, letter.Definition, letter.Project, IsDoomed)).ToList()));
        if (letters.Problem is { } unread) _unreached.Add(unread);
        if (Held is not null) Try("the held records", () => Held.Purge(record => IsOf(record.Record, record.Definition, null, IsDoomed)));
        if (Archive is not null) Try($"the archive {Archive}", () => new MemoryArchive(Archive).Remove(IsDoomed));
        Try("the vectors", () => PurgeVectors(ids));
        Try("what was set aside as damaged", () => DeleteDamaged(data));
        foreach (var journal in journals) await PurgeJournalAsync(journal, IsDoomed, cancellationToken).ConfigureAwait(false);
        _unreached.Add("backups, exports and other copies that were made of the store: delete them, or make them again");
        return (deleted, _unreached);
    }

    private async Task<HashSet<Guid>> IdsAsync(MemoryQuery query, Guid? id, CancellationToken cancellationToken)
    {
        var ids = new HashSet<Guid>();
        if (id is { } one) ids.Add(one);
        else await foreach (var entry in backend.ReadAllAsync(query, cancellationToken).ConfigureAwait(false)) ids.Add(entry.Id);
        var versions = new EarlierVersions(backend);
        foreach (var known in ids.ToList())
            ids.UnionWith((await versions.OfAsync(known, cancellationToken).ConfigureAwait(false)).Select(static entry => entry.Id));
        return ids;
    }

    private async Task PurgeStoreAsync(CancellationToken cancellationToken)
    {
        if (backend.GetService<IPurgingStore>() is { } store) await store.PurgeAsync(cancellationToken).ConfigureAwait(false);
        else if (!(backend.GetService<JsonFileMemoryBackend>() is not null || backend.Name == "litedb"))
            _unreached.Add($"what the store {backend.Name} keeps of deleted rows until it is cleaned, and its own logs and backups");
    }

    private async Task PurgeJournalAsync(string folder, Func<MemoryEntry, bool> isDoomed, CancellationToken cancellationToken)
    {
        Try($"the quarantine of {folder}", () => DeleteQuarantine(folder));
        if (File.Exists(Path.Combine(folder, "actions.db")))
            _unreached.Add($"actions that wait in {folder}/actions.db, until they are done");
        if (Own is { } own && own.Folder == folder)
        {
            await own.Clear(cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            // Opened and closed, it clears what was delivered; nothing can be held or adopted meanwhile.
            using (var journal = CaptureJournal.Open(new JournalOptions { Directory = folder, HasNoThreads = true },
                NullLogger<CaptureJournal>.Instance, time))
            {
                using var held = new HoldingStore(folder, ProblemLog.At(data, time), time);
                Try($"the held records of {folder}", () =>
                    held.Purge(record => IsOf(record.Record, record.Definition, null, isDoomed)));
                if (journal.HasPending) _unreached.Add($"records in {folder} that are not stored yet: purge again when they are");
            }
        }
        catch (JournalUnavailableException)
        {
            _unreached.Add($"the journal {folder}, which a running process has: it is cleared when that deletes something, or ends");
        }
    }

    private bool IsOf(byte[] record, byte[]? definition, string? given, Func<MemoryEntry, bool> isDoomed)
    {
        try
        {
            return new MemoryComposer(given ?? project)
                .Compose(CaptureDecoder.Decode(record), definition is null ? null : DefinitionJson.Read(definition)) is { } entry
                && isDoomed(entry);
        }
        catch (CaptureFormatException)
        {
            _unreached.Add("a record that cannot be read, among the dead letters or held records");
            return false;
        }
    }

    private void PurgeVectors(HashSet<Guid> ids)
    {
        var path = Path.Combine(data, "vectors.db");
        if (!File.Exists(path)) return;
        using var session = SqliteSession.Open(path, SqliteOpenMode.ReadWrite, cacheKilobytes: 1_024);
        foreach (var id in ids) session.Prepare("DELETE FROM vector WHERE id = ?1").Bind(1, id).Run();
        session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    // Damaged files are kept to be looked at: nothing says whose words are in them.
    private static void DeleteDamaged(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.damaged*").ToList()) File.Delete(file);
    }

    private static void DeleteQuarantine(string journal)
    {
        DeleteDamaged(journal);
        var folder = Path.Combine(journal, "quarantine");
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder).ToList()) File.Delete(file);
    }

    private void Try(string what, Action purge)
    {
        try
        {
            purge();
        }
        catch (Exception exception) when (SqliteFailure.IsKnown(exception))
        {
            _unreached.Add($"{what}: {exception.Message}");
        }
    }
}
