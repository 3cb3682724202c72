using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MemoryTriggers.Backends.JsonFile;
using MemoryTriggers.Backends.Sqlite;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Files;

namespace MemoryTriggers.Cli.Backups;

/// <summary><c>backup</c></summary>
internal static class BackupCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly Option<string?> Target = new("--output", "-o")
    {
        Description = "Where the backup goes. Without it, a file named after the time, in the current folder.",
        HelpName = "file",
    };

    public static Command Create() => new Command("backup", "Copies a consistent snapshot of the store, while programs write to it. The " +
        "copy is read back and checked; only then an older one of that name is replaced.")
    {
        Target, BackupPolicies.Include, Confirmation.Force,
    }.Runs(RunAsync);

    [CliMemoryTrigger("backup")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var folder = session.Folder;
        folder.RequireStore();
        folder.RefuseLiteDb("end its program and copy the file, or use 'export'.");
        var target = Path.GetFullPath(session.Get(Target) ?? DefaultName(session));
        var replaces = OutputFile.MayReplace(session, target);

        var memories = folder.IsJson ? CopyJson(session, target, replaces) : await CopySqliteAsync(session, target, replaces);
        var policies = session.Get(BackupPolicies.Include) ? BackupPolicies.Save(folder, target) : null;
        session.Output.Write(
            new JsonObject
            {
                ["backup"] = target,
                ["memories"] = memories,
                ["bytes"] = new FileInfo(target).Length,
                ["policies"] = policies,
            },
            screen => screen.Line($"{Cells.NumberText(memories)} memories in {target} " +
                $"({Cells.BytesText(new FileInfo(target).Length)}), checked."));
        return ExitCodes.Fine;
    }

    private static async Task<long> CopySqliteAsync(CommandSession session, string target, bool replaces)
    {
        await using var store = await session.OpenAsync();
        await ProgressBar.RunAsync(session.Output, "copying", new FileInfo(session.Folder.Store).Length, progress =>
            WatchAsync(session, store.Sqlite!.BackupAsync(target, replaces, session.Token).AsTask(), target, progress));
        return SqliteCopy.CountMemories(target);
    }

    // SQLite copies in one statement; how far it is shows in the file that it writes.
    private static async Task<bool> WatchAsync(CommandSession session, Task copying, string target, WorkProgress progress)
    {
        while (!copying.IsCompleted)
        {
            await Task.WhenAny(copying, Task.Delay(Look, session.Time, CancellationToken.None));
            if (WholeFile.Written(target) is > 0 and var written) progress.Report(written);
        }

        await copying;
        return true;
    }

    private static int CopyJson(CommandSession session, string target, bool replaces)
    {
        var document = JsonStore.RequireReadable(session.Folder.Store, session.Time);
        WholeFile.Write(target, path =>
        {
            new MemoryFile(path, SystemDisk.Instance, session.Time).Write(document);
            JsonStore.RequireReadable(path, session.Time);
        }, replaces);
        return document.Entries.Count;
    }

    private static string DefaultName(CommandSession session)
    {
        var time = session.Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return $"memory-{time}{(session.Folder.IsJson ? ".json" : ".db")}";
    }
}
