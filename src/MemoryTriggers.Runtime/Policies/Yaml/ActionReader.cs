using MemoryTriggers.Yaml;

namespace MemoryTriggers.Policies;

/// <summary>Reads actions.</summary>
internal sealed class ActionReader(ReadProblems problems, ConditionReader conditions)
{
    private static readonly string[] Keys =
        ["type", "parameters", "condition", "priority", "async_execution", "retry_count", "retry_delay", "timeout"];

    public IReadOnlyList<PolicyAction> ReadList(YamlFields fields)
    {
        var actions = new List<PolicyAction>();
        var items = fields.List("actions");
        for (var index = 0; index < items.Count; index++)
        {
            if (Read(items[index], $"{fields.Path}.actions[{index}]") is { } action) actions.Add(action);
        }

        return actions;
    }

    private PolicyAction? Read(YamlNode node, string path)
    {
        problems.Place(path, node);
        if (node is not YamlMapping mapping)
        {
            problems.Add(node, path, $"must be a mapping with 'type'; it is {node.Kind}");
            return null;
        }

        var fields = new YamlFields(mapping, path, problems, Keys);
        fields.Require("type");
        var parameters = fields.Mapping("parameters");
        foreach (var (key, value) in parameters?.Entries ?? []) problems.Place($"{path}.parameters.{key.Text}", value);
        return new PolicyAction
        {
            Type = fields.Text("type") ?? "",
            Parameters = parameters is null ? MemoryEntry.EmptyObject : YamlJson.Convert(parameters),
            Condition = fields.Mapping("condition") is { } condition ? conditions.Read(condition, $"{path}.condition") : null,
            Priority = fields.Integer("priority") ?? 0,
            AsyncExecution = fields.Truth("async_execution") ?? false,
            RetryCount = fields.Integer("retry_count") ?? 0,
            RetryDelay = fields.Seconds("retry_delay") ?? TimeSpan.FromSeconds(1),
            Timeout = fields.Seconds("timeout"),
        };
    }
}
