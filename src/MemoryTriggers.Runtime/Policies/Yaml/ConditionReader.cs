using MemoryTriggers.Yaml;

namespace MemoryTriggers.Policies;

/// <summary>Reads conditions.</summary>
internal sealed class ConditionReader(ReadProblems problems)
{
    private static readonly string[] Keys =
    [
        "type", "field", "value", "values", "regex_pattern", "min_value", "max_value", "start_time", "end_time", "rate_limit",
        "time_window",
        "probability", "sub_conditions", "negate", "ignore_case",
    ];

    public IReadOnlyList<PolicyCondition> ReadList(YamlFields fields, string name)
    {
        var conditions = new List<PolicyCondition>();
        var items = fields.List(name);
        for (var index = 0; index < items.Count; index++)
        {
            if (Read(items[index], $"{fields.Member(name)}[{index}]") is { } condition) conditions.Add(condition);
        }

        return conditions;
    }

    public PolicyCondition? Read(YamlNode node, string path)
    {
        problems.Place(path, node);
        if (node is not YamlMapping mapping)
        {
            problems.Add(node, path, $"must be a mapping with 'type'; it is {node.Kind}");
            return null;
        }

        var fields = new YamlFields(mapping, path, problems, Keys);
        fields.Require("type");
        var type = fields.OneOf("type", PolicyNames.Conditions);
        // 'value: null' asks whether the field is missing; a forgotten value must not.
        var isEquality = type is (int)PolicyConditionType.Equals or (int)PolicyConditionType.NotEquals;
        if (isEquality && fields.Has("field") && !fields.IsNamed("value"))
            problems.Add(node, path, $"'{PolicyNames.Conditions[type]}' needs 'value'");
        var condition = new PolicyCondition
        {
            Type = (PolicyConditionType)Math.Max(type, 0),
            Field = fields.Text("field"),
            Value = fields.Value("value"),
            Values = fields.Values("values"),
            RegexPattern = fields.Text("regex_pattern"),
            MinValue = fields.Number("min_value"),
            MaxValue = fields.Number("max_value"),
            StartTime = fields.Time("start_time"),
            EndTime = fields.Time("end_time"),
            RateLimit = fields.Integer("rate_limit"),
            TimeWindow = fields.Integer("time_window"),
            Probability = fields.Number("probability"),
            SubConditions = ReadList(fields, "sub_conditions"),
            Negate = fields.Truth("negate") ?? false,
            IgnoreCase = fields.Truth("ignore_case") ?? false,
        };
        return type < 0 ? null : condition;
    }
}
