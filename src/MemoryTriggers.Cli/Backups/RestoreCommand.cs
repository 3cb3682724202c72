using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Backends.JsonFile;
using MemoryTriggers.Backends.Sqlite;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Files;

namespace MemoryTriggers.Cli.Backups;

/// <summary><c>restore</c></summary>
internal static class RestoreCommand
{
    private static readonly Argument<FileInfo> Backup = new Argument<FileInfo>("backup")
    {
        Description = "A file that 'backup' made.",
    }.AcceptExistingOnly();

    public static Command Create() => new Command("restore", "Replaces the store with a backup. The backup is checked first, and the " +
        "replaced store is kept beside it under another name. Programs may be running; they may show cached memories a little longer.")
    {
        Backup, BackupPolicies.Include, Confirmation.Force, Confirmation.DryRun,
    }.Runs(RunAsync);

    [CliMemoryTrigger("restore")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var folder = session.Folder;
        var backup = session.Get(Backup).FullName;
        var isDry = session.Get(Confirmation.DryRun);
        if (!isDry && folder.HasStore) Confirmation.Require(session, $"Replace {folder.Store} with {backup}");

        folder.RefuseLiteDb("end its program and copy the file back, or use 'import'.");
        var (memories, kept) = folder.IsJson ? await RestoreJsonAsync(session, backup) : await RestoreSqliteAsync(session, backup);
        var keptPolicies = !isDry && session.Get(BackupPolicies.Include)
            ? await BackupPolicies.RestoreAsync(session, folder, backup)
            : null;
        session.Output.Write(
            new JsonObject
            {
                [isDry ? "would_restore" : "restored"] = memories,
                ["store"] = folder.Store,
                ["kept"] = kept,
                ["kept_policies"] = keptPolicies,
            },
            screen => screen.Line($"{Cells.NumberText(memories)} memories {(isDry ? "would be restored" : "restored")} to " +
                $"{folder.Store}.{(kept is null ? "" : $" What was there is now {kept}.")}"));
        return ExitCodes.Fine;
    }

    private static async Task<(long Memories, string? Kept)> RestoreSqliteAsync(CommandSession session, string backup)
    {
        var options = new SqliteBackendOptions { Path = session.Folder.Store, BusyTimeout = session.Timeout };
        var result = await new SqliteRestore(options, session.Time).RunAsync(backup, session.Get(Confirmation.DryRun), session.Token);
        return (result.Memories, result.Kept);
    }

    private static async Task<(long Memories, string? Kept)> RestoreJsonAsync(CommandSession session, string backup)
    {
        var document = JsonStore.RequireReadable(backup, session.Time);
        if (session.Get(Confirmation.DryRun)) return (document.Entries.Count, null);

        var present = session.Folder.Store;
        // The lock of the store itself: what a program writes meanwhile is either kept aside or written after.
        using var held = await new FileLock(Path.GetFileName(present), present + ".lock", session.Timeout).AcquireAsync(session.Token);
        var kept = $"{present}.before-restore-{session.Time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff}";
        WholeFile.Copy(present, kept);
        // After the position that programs know, so that they read it again.
        var revision = Math.Max(document.Revision, new MemoryFile(present, SystemDisk.Instance, session.Time).Revision()) + 1;
        new MemoryFile(present, SystemDisk.Instance, session.Time).Write(document with { Revision = revision });
        return (document.Entries.Count, kept);
    }
}
