using System.CommandLine;
using System.IO.Compression;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Files;
using MemoryTriggers.Protection;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory export</c></summary>
internal static class ExportCommand
{
    private static readonly Option<string?> Target = new("--output", "-o")
    {
        Description = "The file; compressed when its name ends with .gz. Without it, standard output.",
        HelpName = "file",
    };

    public static Command Create() => new Command("export", "Writes memories as JSON Lines, the newest first: all with their past, or " +
        "those that the options select. 'import' reads them again, on any machine.")
        .With([Target, .. QueryOptions.Filters, .. QueryOptions.Times, Confirmation.Force]).Runs(RunAsync);

    [CliMemoryTrigger("memory export")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        if (session.Get(Target) is not { } given)
        {
            await using var output = StandardOutput.Open();
            await WriteAsync(session, store, output, new WorkProgress(static _ => { }));
            return ExitCodes.Fine;
        }

        var target = Path.GetFullPath(given);
        var replaces = OutputFile.MayReplace(session, target);
        var total = await store.Backend.CountAsync(QueryOptions.Read(session), session.Token);
        var isCompressed = target.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var written = await ProgressBar.RunAsync(session.Output, "exporting", total, progress => WholeFile.WriteAsync(
            target, path => WriteFileAsync(session, store, path, isCompressed, progress), replaces));
        session.Output.Write(new JsonObject { ["exported"] = written, ["file"] = target }, screen =>
            screen.Line($"{Cells.NumberText(written)} memories in {target}."));
        return ExitCodes.Fine;
    }

    private static async Task<long> WriteFileAsync(CommandSession session, OpenStore store, string path, bool isCompressed,
        WorkProgress progress)
    {
        await using var file = PrivateFile.Open(path, FileMode.Truncate, FileAccess.Write);
        await using var lines = isCompressed ? new GZipStream(file, CompressionLevel.Optimal) : (Stream)file;
        return await WriteAsync(session, store, lines, progress);
    }

    private static Task<long> WriteAsync(CommandSession session, OpenStore store, Stream lines, WorkProgress progress)
    {
        var isAll = !QueryOptions.AnyFilter(session) && !QueryOptions.Times.Any(session.IsGiven);
        return new MemoryModule(new Checked(store.Backend), store.Recall, session.Project, session.Time)
            .ExportAsync(lines, isAll ? null : QueryOptions.Read(session), progress, session.Token);
    }

    /// <summary>An encrypted value cannot be read under another roof: better no file than one that looks complete.</summary>
    private sealed class Checked(IMemoryBackend inner) : DelegatingMemoryBackend(inner)
    {
        public override async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
        {
            var entries = await Inner.QueryAsync(query, cancellationToken);
            return entries.FirstOrDefault(static entry => UnreadableValue.Is(entry.Value)) is { } locked
                ? throw new CommandException($"The value of the memory {locked.Id} is encrypted: give the keys with --key-file.")
                : entries;
        }
    }
}
