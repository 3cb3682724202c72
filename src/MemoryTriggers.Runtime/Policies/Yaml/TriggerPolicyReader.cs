using MemoryTriggers.Validation;
using MemoryTriggers.Yaml;

namespace MemoryTriggers.Policies;

/// <summary>Reads policies of the short notation.</summary>
internal sealed class TriggerPolicyReader(ReadProblems problems)
{
    private static readonly string[] Keys = ["enabled", "default_decision", "rate_limits", "batch_size", "batch_timeout", "rules"];
    private static readonly string[] RuleKeys = ["name", "condition", "decision", "priority", "parameters"];

    public TriggerPolicy? Read(YamlScalar key, YamlNode node)
    {
        var before = problems.Count;
        var path = $"policies.{key.Text}";
        if (!TriggerNames.TryParseType(key.Text, out var type))
        {
            problems.Add(key, path, $"unknown trigger type '{key.Text}'{NearestName.Hint(key.Text, PolicyNames.TriggerTypes)}");
            return null;
        }

        if (node is not YamlMapping mapping)
        {
            problems.Add(node, path, $"must be a mapping; it is {node.Kind}");
            return null;
        }

        var fields = new YamlFields(mapping, path, problems, Keys);
        var policy = new TriggerPolicy { Type = type };
        policy = policy with
        {
            Enabled = fields.Truth("enabled") ?? true,
            DefaultDecision = (PolicyVerdict)Math.Max(fields.OneOf("default_decision", PolicyNames.Verdicts), 0),
            RateLimits = RateLimits(fields),
            BatchSize = fields.Integer("batch_size") ?? policy.BatchSize,
            BatchTimeout = fields.Seconds("batch_timeout") ?? policy.BatchTimeout,
            Rules = Rules(fields),
        };
        return problems.Count == before ? policy : null;
    }

    private Dictionary<string, int> RateLimits(YamlFields fields)
    {
        if (fields.Mapping("rate_limits") is not { } limits) return [];
        string[] names = [.. limits.Entries.Select(static limit => limit.Key.Text)];
        var given = new YamlFields(limits, fields.Member("rate_limits"), problems, names);
        return names.Where(given.Has).ToDictionary(static name => name, name => given.Integer(name) ?? 1, StringComparer.Ordinal);
    }

    private List<TriggerPolicyRule> Rules(YamlFields fields)
    {
        var rules = new List<TriggerPolicyRule>();
        var items = fields.List("rules");
        for (var index = 0; index < items.Count; index++)
        {
            var path = $"{fields.Path}.rules[{index}]";
            if (items[index] is not YamlMapping mapping)
            {
                problems.Add(items[index], path, $"must be a mapping; it is {items[index].Kind}");
                continue;
            }

            var rule = new YamlFields(mapping, path, problems, RuleKeys);
            rule.Require("name", "condition", "decision");
            rules.Add(new TriggerPolicyRule
            {
                Name = rule.Text("name") ?? "",
                Condition = rule.Text("condition") ?? "",
                Decision = (PolicyVerdict)Math.Max(rule.OneOf("decision", PolicyNames.Verdicts), 0),
                Priority = rule.Integer("priority") ?? 0,
                Parameters = rule.Texts("parameters"),
            });
        }

        return rules;
    }
}
