using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Policies;
using Spectre.Console;

namespace MemoryTriggers.Cli.Policies;

/// <summary><c>policy replay</c></summary>
internal static class ReplayCommand
{
    public static Command Create() =>
        new Command("replay", "Shows what the rules would have decided about the stored memories, oldest first. No action is executed.")
        .With([PolicyFile.Option, .. QueryOptions.Filters]).Runs(RunAsync);

    [CliMemoryTrigger("policy replay")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var engine = new PolicyEngine(PolicyFile.Read(PolicyFile.PathOf(session)).Document.Compile(), time: session.Time);
        await using var store = await session.OpenAsync();
        var entries = await store.Memories.ReadAllAsync(QueryOptions.Read(session), session.Token).ToListAsync(session.Token);
        entries.Reverse();
        var summary = await engine.DryRunAsync(entries.ToAsyncEnumerable(), cancellationToken: session.Token);
        session.Output.Write(Document(summary), screen =>
        {
            screen.Write(Tables.Pairs([("memories", Cells.NumberText(summary.Entries)),
                .. summary.Verdicts.Where(static count => count.Value > 0)
                .Select(static count => (count.Key.Name(), (string?)Cells.NumberText(count.Value)))]));
            var table = Tables.Of("rule", "matched");
            foreach (var rule in summary.Rules) table.AddRow(Cells.Text(rule.Rule), Cells.Number(rule.Executions));
            screen.Write(table);
        });
        return ExitCodes.Fine;
    }

    private static JsonObject Document(PolicyDryRunSummary summary) => new()
    {
        ["memories"] = summary.Entries,
        ["errors"] = summary.Errors,
        ["verdicts"] =
            new JsonObject(summary.Verdicts.Select(static count => KeyValuePair.Create(count.Key.Name(), (JsonNode?)count.Value))),
        ["actions"] = new JsonObject(summary.Actions.Select(static count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value))),
        ["rules"] = new JsonObject(summary.Rules.Select(static rule => KeyValuePair.Create(rule.Rule, (JsonNode?)rule.Executions))),
    };
}
