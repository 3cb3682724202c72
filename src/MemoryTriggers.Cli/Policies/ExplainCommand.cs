using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;

namespace MemoryTriggers.Cli.Policies;

/// <summary><c>policy explain</c></summary>
internal static class ExplainCommand
{
    public static Command Create() => new Command("explain", "Explains what the rules decide about a stored memory, and which of their " +
        "conditions hold. Limits start from zero; no action is executed.")
    {
        EntryArgument.Id, PolicyFile.Option,
    }.Runs(RunAsync);

    [CliMemoryTrigger("policy explain")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var engine = new PolicyEngine(PolicyFile.Read(PolicyFile.PathOf(session)).Document.Compile(), time: session.Time);
        await using var store = await session.OpenAsync();
        var entry = await EntryArgument.GetAsync(session, store);
        var (explanations, decision) = (engine.Explain(entry), engine.Evaluate(entry));
        session.Output.Write(
            new JsonObject
            {
                ["memory"] = entry.Id.ToString(),
                ["decision"] = ExplanationDocument.Of(decision),
                ["rules"] = new JsonArray([.. explanations.Select(ExplanationDocument.Of)]),
            },
            screen => screen.Write(ExplanationDocument.View(decision, explanations)));
        return ExitCodes.Fine;
    }
}
