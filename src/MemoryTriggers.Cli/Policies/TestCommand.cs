using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Configuration;
using MemoryTriggers.Policies;

namespace MemoryTriggers.Cli.Policies;

/// <summary><c>policy test</c></summary>
internal static class TestCommand
{
    private static readonly Option<string?> Context = new("--context")
    {
        Description =
            "The event to try the rules on: a JSON object, or a file with one. Without it, a successful test_operation of test_agent.",
        HelpName = "json",
    };
    private static readonly Option<string?> Rule = new("--rule") { Description = "Only this rule.", HelpName = "name" };
    private static readonly Option<string?> Target = new("--output", "-o")
    {
        Description = "Also writes the result to this file, as JSON.",
        HelpName = "file",
    };

    public static Command Create() => new Command("test", "Evaluates the rules on a sample event. Nothing is stored, and no action is " +
        "executed. Exits with 1 when a rule cannot be evaluated.")
    {
        PolicyFile.Option, Context, Rule, Target,
    }.Runs(RunAsync);

    [CliMemoryTrigger("policy test")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var document = PolicyFile.Read(PolicyFile.PathOf(session)).Document;
        var now = session.Time.GetUtcNow();
        var context = session.Get(Context) is { } given ? PolicyContext.Read(given) : PolicyContext.Default(now);
        var engine = new PolicyEngine(document.Compile(), time: session.Time);
        var entry = ContextEntry.Of(context, session.Project, now);
        var (all, decision) = (engine.Explain(entry), engine.Evaluate(entry));
        List<PolicyExplanation> explanations = session.Get(Rule) is { } name
            ? [.. all.Where(explanation => explanation.Rule == name)]
            : [.. all];
        if (session.Get(Rule) is { } missing && explanations.Count == 0) throw new CommandException($"There is no rule '{missing}'.");

        var failed = explanations.Count(static explanation => explanation.Conditions.Any(Fails));
        var result = new JsonObject
        {
            ["context"] = context.DeepClone(),
            ["timestamp"] = now,
            ["results"] = new JsonArray([.. explanations.Select(ExplanationDocument.Of)]),
            ["decision"] = ExplanationDocument.Of(decision),
            ["summary"] = new JsonObject
            {
                ["total_rules"] = explanations.Count,
                ["matched"] = explanations.Count(static explanation => explanation.Matches),
                ["successful"] = explanations.Count - failed,
                ["failed"] = failed,
            },
        };
        if (session.Get(Target) is { } target) SettingFile.Replace(Path.GetFullPath(target), JsonText.Of(result, indented: true) + "\n");
        session.Output.Write(result, screen => screen.Write(ExplanationDocument.View(decision, explanations)));
        return Task.FromResult(failed > 0 ? ExitCodes.Failed : ExitCodes.Fine);
    }

    private static bool Fails(PolicyConditionExplanation condition) => condition.Holds is null || condition.Parts.Any(Fails);
}
