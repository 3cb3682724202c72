using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Errors;

/// <summary><c>errors resolve</c></summary>
internal static class ResolveCommand
{
    private static readonly Argument<string[]> Text = new("text")
    {
        Description = "What resolved it, in one line.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create() =>
        new Command("resolve", "Records what resolved an error. It is a memory of the project in which the error was seen last, or of " +
            "--project, and is shown when the error occurs again.")
            { FingerprintArgument.Fingerprint, Text }.With([ChangeOptions.Tag, ChangeOptions.Value, Confirmation.DryRun]).Runs(RunAsync);

    [CliMemoryTrigger("errors resolve")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var text = string.Join(' ', session.Get(Text)).Trim();
        if (text.Length == 0) throw new CommandException("Say what resolved it.", ExitCodes.WrongUsage);
        await using var store = await session.OpenAsync();
        var error = await FingerprintArgument.GetAsync(session, store);
        var fingerprint = error.Fingerprint.Value;
        if (session.Get(Confirmation.DryRun))
        {
            session.Output.Write(new JsonObject { ["would_resolve"] = fingerprint }, screen =>
                screen.Line($"A resolution of {fingerprint} would be noted, which was {error}."));
            return ExitCodes.Fine;
        }

        var id = await store.Memories.Errors.ResolveAsync(error.Fingerprint, text, await DraftAsync(session, store, error.Fingerprint),
            session.Token);
        session.Output.Write(new JsonObject { ["id"] = id.ToString(), ["resolves"] = fingerprint }, screen => screen.Line(id.ToString()));
        return ExitCodes.Fine;
    }

    private static async Task<MemoryDraft> DraftAsync(CommandSession session, OpenStore store, ErrorFingerprint fingerprint)
    {
        var latest = await store.Memories.Errors.GetOccurrencesAsync(fingerprint, session.Token).FirstOrDefaultAsync(session.Token);
        return new MemoryDraft
        {
            Key = "",
            Value = ChangeOptions.ReadValue(session) ?? default,
            Tags = session.Get(ChangeOptions.Tag) ?? [],
            Project = session.Project ?? latest?.Project,
            Source = "cli",
            Module = "memory-triggers",
        };
    }
}
