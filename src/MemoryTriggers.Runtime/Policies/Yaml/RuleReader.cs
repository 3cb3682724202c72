using MemoryTriggers.Yaml;

namespace MemoryTriggers.Policies;

/// <summary>Reads rules of the long notation.</summary>
internal sealed class RuleReader(ReadProblems problems)
{
    private static readonly string[] Keys =
    [
        "name", "description", "enabled", "priority", "scope", "conditions", "condition_operator", "actions", "max_executions",
        "cooldown_period", "tags", "metadata", "decision", "parameters",
    ];

    private readonly ConditionReader _conditions = new(problems);

    /// <returns><see langword="null"/> when it cannot be used; the problems say why.</returns>
    public PolicyRule? Read(YamlScalar key, YamlNode node)
    {
        var before = problems.Count;
        var path = $"rules.{key.Text}";
        if (node is not YamlMapping mapping)
        {
            problems.Add(node, path, $"must be a mapping; it is {node.Kind}");
            return null;
        }

        var fields = new YamlFields(mapping, path, problems, Keys);
        fields.Require("conditions");
        if (!fields.Has("decision")) fields.Require("actions");
        if (fields.Text("name") is { } name && name != key.Text)
        {
            problems.Add(new PolicyProblem(0, 0, $"{path}.name",
                $"the rule is called '{key.Text}' above; leave the name out or write the same"));
        }

        var rule = new PolicyRule
        {
            Name = key.Text,
            Description = fields.Text("description") ?? "",
            Enabled = fields.Truth("enabled") ?? true,
            Priority = fields.Integer("priority") ?? 0,
            Scope = (PolicyScope)Math.Max(fields.OneOf("scope", PolicyNames.Scopes), 0),
            Conditions = _conditions.ReadList(fields, "conditions"),
            ConditionOperator = (PolicyOperator)Math.Max(fields.OneOf("condition_operator", PolicyNames.Operators), 0),
            Actions = new ActionReader(problems, _conditions).ReadList(fields),
            MaxExecutions = fields.Integer("max_executions"),
            CooldownPeriod = fields.Seconds("cooldown_period"),
            Tags = [.. fields.Values("tags").Select(Scalar.Canonical).OfType<string>()],
            Metadata = Metadata(fields),
            Verdict = fields.OneOf("decision", PolicyNames.Verdicts) is >= 0 and var verdict ? (PolicyVerdict)verdict : null,
            Parameters = fields.Texts("parameters"),
        };
        return problems.Count == before ? rule : null;
    }

    private static Dictionary<string, string> Metadata(YamlFields fields) =>
        fields.Mapping("metadata")?.Entries.ToDictionary(
            static member => member.Key.Text,
            static member => member.Value is YamlScalar scalar ? scalar.Text : YamlJson.Convert(member.Value).GetRawText(),
            StringComparer.Ordinal) ?? [];
}
