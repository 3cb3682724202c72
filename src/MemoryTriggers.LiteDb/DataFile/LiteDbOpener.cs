using MemoryTriggers.Documents;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.DataFile;

/// <summary>
/// Opens the database, under its lock. A damaged file is moved aside, never overwritten, and what can still be read goes into a fresh one.
/// </summary>
internal sealed class LiteDbOpener(LiteDbBackendOptions options, LiteDbFiles files, ILogger logger, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <summary>The repair of a damaged file, or <see langword="null"/>.</summary>
    public string? Recovery { get; private set; }

    /// <param name="check">Whether every memory is read first.</param>
    public LiteDbSession Open(bool check)
    {
        files.FinishRepair(time.GetUtcNow());
        if (files.CopyDamagedJournal(time.GetUtcNow()) is { } copy)
        {
            Recovery = $"The journal ended in pages that are not whole; it was copied to {Path.GetFileName(copy)}";
            Log.JournalDamaged(logger, copy);
        }

        var mustCheck = check || options.AlwaysCheckOnOpen || files.WasLeftOpen;
        try
        {
            return OpenFile(files, mustCheck);
        }
        catch (Exception exception) when (LiteDbFailure.IsDamage(exception))
        {
            Log.DamageFound(logger, files.Database, exception.GetType().Name);
        }

        return Recover();
    }

    /// <summary>Opens a database that is there, repairing nothing.</summary>
    /// <exception cref="MemoryBackendException">There is none, it is something else, or it is damaged.</exception>
    public LiteDbSession OpenExisting()
    {
        if (!files.Disk.FileExists(files.Database)) throw Refusal($"There is no database {files.Database}.");
        LiteDbSession? session = null;
        try
        {
            session = LiteDbSession.Open(files);
            session.RequireCurrent();
            return session;
        }
        catch (Exception exception)
        {
            session?.Dispose();
            if (LiteDbFailure.IsDamage(exception)) throw Refusal($"{files.Database} is damaged, or no LiteDB database.", exception);
            throw;
        }
    }

    private static LiteDbSession OpenFile(LiteDbFiles files, bool check)
    {
        var session = LiteDbSession.Open(files);
        try
        {
            session.Prepare();
            if (check) IntegrityCheck.Run(session.Memories);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // The damaged file keeps its name until what was saved from it is whole and on disk.
    private LiteDbSession Recover()
    {
        var saved = Save();
        var damaged = files.SetAside(time.GetUtcNow());
        files.FinishRepair(time.GetUtcNow());
        Recovery = $"The database was damaged; {saved} memories were saved from {Path.GetFileName(damaged)}";
        Log.DatabaseDamaged(logger, damaged, saved);
        return OpenFile(files, check: false);
    }

    private long Save()
    {
        var saved = 0L;
        using var salvage = new PageSalvage(files);
        var session = OpenFile(files.Repaired, check: false);
        try
        {
            foreach (var batch in salvage.Read().Chunk(BatchSize))
            {
                session.Memories.Upsert(batch.Select(EntryDocument.Write));
                saved += batch.Length;
                if (session.JournalPages >= options.CheckpointPages) session.Checkpoint();
            }

            session.CloseClean();
            return saved;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static MemoryBackendException Refusal(string message, Exception? cause = null) =>
        new(LiteDbMemoryBackend.BackendName, message, isTransient: false, cause);
}
