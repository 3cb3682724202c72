using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Policies;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemoryTriggers.Cli.Policies;

/// <summary>The evaluation of a memory by the rules, for programs and for people.</summary>
internal static class ExplanationDocument
{
    public static JsonNode Of(PolicyExplanation explanation) => new JsonObject
    {
        ["rule"] = explanation.Rule,
        ["matches"] = explanation.Matches,
        ["why"] = explanation.Why,
        ["conditions"] = new JsonArray([.. explanation.Conditions.Select(Of)]),
    };

    public static JsonObject Of(PolicyDecision decision) => new()
    {
        ["verdict"] = decision.Verdict.Name(),
        ["reasons"] = EntryDocument.Array(decision.Reasons.Select(static reason => reason.ToString())),
        ["tags"] = EntryDocument.Array(decision.Entry.Tags),
        ["actions"] = EntryDocument.Array(decision.Actions.Select(static call => call.Action.Type)),
    };

    public static IRenderable View(PolicyDecision decision, IReadOnlyList<PolicyExplanation> explanations)
    {
        var table = Tables.Of("rule", "matches", "why");
        foreach (var explanation in explanations)
        {
            table.AddRow(Cells.Text(explanation.Rule), Cells.Text(explanation.Matches ? "yes" : "no"), Cells.Text(explanation.Why));
            foreach (var line in explanation.Conditions.SelectMany(static condition => Lines(condition, 1)))
                table.AddRow(Cells.Text(""), Cells.Text(""), Cells.Text(line));
        }

        var verdict = Tables.Pairs(
            ("verdict", decision.Verdict.Name()),
            ("because", string.Join("; ", decision.Reasons)),
            ("actions", string.Join(", ", decision.Actions.Select(static call => call.Action.Type))));
        return explanations.Count == 0 ? verdict : new Rows(verdict, table);
    }

    private static JsonNode Of(PolicyConditionExplanation condition)
    {
        var document = new JsonObject { ["condition"] = condition.Condition, ["holds"] = condition.Holds };
        if (condition.Parts.Count > 0) document["parts"] = new JsonArray([.. condition.Parts.Select(Of)]);
        return document;
    }

    private static IEnumerable<string> Lines(PolicyConditionExplanation condition, int depth) =>
    [
        $"{new string(' ', depth * 2)}{(condition.Holds switch { true => "holds", false => "does not hold", null => "fails" })}: " +
            $"{condition.Condition}",
        .. condition.Parts.SelectMany(part => Lines(part, depth + 1)),
    ];
}
