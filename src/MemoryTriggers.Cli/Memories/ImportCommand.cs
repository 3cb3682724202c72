using System.CommandLine;
using System.IO.Compression;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Recall;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory import</c></summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Source = new("file")
    {
        Description = "JSON Lines, as 'export' writes them; '-' is standard input, .gz is decompressed.",
    };
    private static readonly Option<bool> KeepExisting = new("--keep-existing")
    {
        Description = "Keeps existing memories unchanged. Without it, they are replaced by those of the file.",
    };
    private static readonly Option<bool> SkipInvalid = new("--skip-invalid")
    {
        Description = "Skips invalid lines. Without it, the first one ends the import.",
    };

    public static Command Create() =>
        new Command("import", "Reads memories from JSON Lines and stores them under their ids. Repeating it is harmless.")
        {
            Source,
            KeepExisting,
            SkipInvalid,
            Confirmation.DryRun,
        }.Runs(RunAsync);

    [CliMemoryTrigger("memory import")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        await using var source = Open(session.Get(Source));
        var isDry = session.Get(Confirmation.DryRun);
        var options = new ImportOptions { ReplaceExisting = !session.Get(KeepExisting), SkipInvalid = session.Get(SkipInvalid) };
        try
        {
            var result = await Target(session, store, isDry).ImportAsync(source, options, cancellationToken: session.Token);
            session.Output.Write(
                new JsonObject
                {
                    [isDry ? "would_import" : "imported"] = result.Stored,
                    ["kept"] = result.Kept,
                    ["skipped"] = result.Skipped,
                },
                screen => screen.Line($"{Cells.NumberText(result.Stored)} memories {(isDry ? "would be imported" : "imported")}, " +
                    $"{Cells.NumberText(result.Kept)} kept as they were, {Cells.NumberText(result.Skipped)} lines skipped."));
            return ExitCodes.Fine;
        }
        catch (FormatException exception)
        {
            throw new CommandException(exception.Message, cause: exception);
        }
    }

    // What is only tried goes to a store in memory; what is there already is looked for in the real one.
    private static MemoryModule Target(CommandSession session, OpenStore store, bool isDry)
    {
        if (!isDry) return store.Memories;
        var backend = store.Dry;
        return new MemoryModule(backend, new MemoryRecall(backend, session.Project, session.Time), session.Project, session.Time);
    }

    private static Stream Open(string path)
    {
        if (path == "-") return StandardInput.Open();
        if (!File.Exists(path)) throw new CommandException($"There is no file {path}.");
        var file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
