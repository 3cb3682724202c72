using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Policies;
using Spectre.Console;

namespace MemoryTriggers.Cli.Policies;

/// <summary><c>policy list</c></summary>
internal static class ListCommand
{
    private static readonly Option<string?> Scope =
        GlobalOptions.OneOf<string?>(new("--scope") { Description = "Only rules of this scope." }, PolicyNames.Scopes);
    private static readonly Option<bool> EnabledOnly = new("--enabled-only") { Description = "Only what is switched on." };

    public static Command Create() => new Command("list", "Lists the rules of a policy file, and its policies by type of trigger.")
    {
        PolicyFile.Option,
        Scope,
        EnabledOnly,
    }.Runs(RunAsync);

    [CliMemoryTrigger("policy list")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var document = PolicyFile.Read(PolicyFile.PathOf(session)).Document;
        var onlyEnabled = session.Get(EnabledOnly);
        var scope = Array.IndexOf(PolicyNames.Scopes, session.Get(Scope));
        List<PolicyRule> rules = [.. document.Rules.Where(rule => (rule.Enabled || !onlyEnabled)
            && (scope < 0 || rule.Scope == (PolicyScope)scope)).OrderByDescending(static rule => rule.Priority)];
        // A policy by type has no scope of this kind.
        List<TriggerPolicy> policies = [.. document.Policies.Where(policy => (policy.Enabled || !onlyEnabled) && scope < 0)];
        session.Output.Write(
            new JsonObject
            {
                ["rules"] = new JsonArray([.. rules.Select(Document)]),
                ["policies"] = new JsonArray([.. policies.Select(Document)]),
            },
            screen => Show(screen, rules, policies));
        return Task.FromResult(ExitCodes.Fine);
    }

    private static JsonNode Document(PolicyRule rule) => new JsonObject
    {
        ["name"] = rule.Name,
        ["description"] = rule.Description,
        ["enabled"] = rule.Enabled,
        ["priority"] = rule.Priority,
        ["scope"] = PolicyNames.Scopes[(int)rule.Scope],
        ["conditions"] = EntryDocument.Array(rule.Conditions.Select(static condition => condition.Type.Name())),
        ["actions"] = EntryDocument.Array(rule.Actions.Select(static action => action.Type)),
        ["tags"] = EntryDocument.Array(rule.Tags),
    };

    private static JsonNode Document(TriggerPolicy policy) => new JsonObject
    {
        ["type"] = policy.Type.Name(),
        ["enabled"] = policy.Enabled,
        ["default_decision"] = policy.DefaultDecision.Name(),
        ["rate_limits"] = new JsonObject(policy.RateLimits.Select(static limit => KeyValuePair.Create(limit.Key, (JsonNode?)limit.Value))),
        ["rules"] = EntryDocument.Array(policy.Rules.Select(static rule => rule.Name)),
    };

    private static void Show(IAnsiConsole screen, List<PolicyRule> rules, List<TriggerPolicy> policies)
    {
        if (rules.Count + policies.Count == 0) screen.Line("No policies.");
        var table = Tables.Of("rule", "on", "priority", "scope", "actions", "description");
        foreach (var rule in rules)
        {
            table.AddRow(
                Cells.Text(rule.Name), Cells.Verdict(rule.Enabled, rule.Enabled ? "yes" : "no"), Cells.Number(rule.Priority),
                Cells.Text(PolicyNames.Scopes[(int)rule.Scope]),
                Cells.Text(string.Join(", ", rule.Actions.Select(static action => action.Type))), Cells.Text(rule.Description));
        }

        if (rules.Count > 0) screen.Write(table);
        var byType = Tables.Of("type", "on", "by default", "rules");
        foreach (var policy in policies)
            byType.AddRow(Cells.Text(policy.Type.Name()), Cells.Verdict(policy.Enabled, policy.Enabled ? "yes" : "no"),
                Cells.Text(policy.DefaultDecision.Name()), Cells.Text(string.Join(", ", policy.Rules.Select(static rule => rule.Name))));
        if (policies.Count > 0) screen.Write(byType);
    }
}
