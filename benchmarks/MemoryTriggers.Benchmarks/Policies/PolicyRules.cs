using System.Text;
using System.Text.Json;

namespace MemoryTriggers.Benchmarks.Policies;

/// <summary>
/// A thousand rules in YAML, and memories. 900 rules need a value that few memories have, 100 look at every memory; of the conditions of
/// those, 100 hold for each of the memories, and a third of them are of each kind: texts, numbers and lists.
/// </summary>
internal static class PolicyRules
{
    public const int Count = 1_000;
    private const string Content = "Workflow 'deploy' completed in 1250.5 ms";

    /// <param name="rules">How many.</param>
    /// <param name="isMatching">Whether each of the 100 has its one condition only, and so matches, and decides, rather than changing a tag.</param>
    public static PolicySet Set(int rules = Count, bool isMatching = false)
    {
        var yaml = new StringBuilder("rules:\n");
        for (var number = 0; number < rules; number++)
        {
            yaml.Append($"  r{number}:\n    priority: {number % 1_000}\n    conditions:\n");
            if (number % 10 != 0) yaml.Append($"      - {{type: equals, field: {Field(number)}, value: v{number}}}\n      - {{type: contains, field: content, value: deploy}}\n");
            else yaml.Append($"      - {Condition(number / 10)}\n{(isMatching ? "" : $"      - {Miss(number / 10)}\n")}");
            if (isMatching && number % 10 == 0)
            {
                yaml.Append("    decision: allow\n");
                continue;
            }

            yaml.Append($"    actions: [{{type: {(number % 2 == 0 ? "add_tag" : "remove_tag")}, parameters: {{tag: t{number}}}}}]\n");
        }

        return PolicyYaml.Parse(yaml.ToString()).Compile();
    }

    /// <param name="number">Decides which of the 900 rules it is for; below zero, none.</param>
    public static MemoryEntry Entry(int number) => new()
    {
        Id = new Guid(number, 7, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]),
        Key = "Deployer.DeployAsync",
        Content = Content,
        Project = "shop",
        Source = "ci_agent",
        Tags = ["workflow", "deploy", "success", "nightly"],
        TriggerType = TriggerType.WorkflowCompletion,
        CreatedAt = DateTimeOffset.UnixEpoch.AddHours(10),
        Duration = TimeSpan.FromMilliseconds(1250.5),
        Value = JsonElement.Parse($$$"""
            {"operation":"deploy","arguments":{"branch":"release/12","order":{"id":17}},"result":{"count":{{{number % 50 + 100}}},"state":"done"},
             "metadata":{"user_id":"u{{{number}}}","region":"v{{{number}}}","severity":4,"team":"platform","environment":"production","attempt":1}}
            """),
    };

    private static string Field(int number) => (number % 3) switch { 0 => "metadata.region", 1 => "metadata.user_id", _ => "metadata.customer" };

    // Each number another condition, so that nothing is saved by conditions that are the same.
    private static string Condition(int number) => (number % 8) switch
    {
        0 => $"{{type: greater_than, field: duration_ms, value: {number}}}",
        1 => $"{{type: less_than, field: severity, value: {number + 10}}}",
        2 => $"{{type: contains, field: content, value: \"{Content[(number / 8)..(number / 8 + 9)]}\"}}",
        3 => $"{{type: not_equals, field: environment, value: e{number}}}",
        4 => $"{{type: in_list, field: team, values: [platform, t{number}]}}",
        5 => $"{{type: between, field: result.count, min_value: {number}, max_value: {number + 1_000}}}",
        6 => $"{{type: matches_regex, field: branch, regex_pattern: \"^release/[0-9]{{1,{number + 2}}}\"}}",
        _ => $"{{type: not_contains, field: tags, value: t{number}}}",
    };

    // The second condition of a rule holds for every tenth of them; otherwise each memory would be changed by a hundred rules.
    private static string Miss(int number) => number % 10 == 0 ? "{type: equals, field: result.state, value: done, ignore_case: true}" : $"{{type: greater_than, field: severity, value: {number + 5}}}";
}
