using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>
/// Names in <c>${...}</c> whose values are known only when the action is carried out: results of actions before, and secrets. Until then
/// they stay in the parameters, where each other <c>$</c> is doubled: nothing in a memory can be taken for such a name.
/// </summary>
internal static class LateNames
{
    public static bool Is(string actionType, string name) => name switch
    {
        ResultNames.RecalledCount => true,
        ResultNames.ExistingTags => actionType == PolicyActionTypes.UpdateMemory,
        _ => actionType == PolicyActionTypes.ExecuteWebhook && Secrets.VariableOf(name) is not null,
    };

    /// <summary>Whether the parameters of an action, as configured, have such a name.</summary>
    public static bool AreIn(PolicyAction action) =>
        action.Parameters.ValueKind == JsonValueKind.Object
        && NamesOf(action.Parameters).Any(found => found.Name is { } name && Is(action.Type, name));

    /// <summary>Whether a condition, or one inside it, asks for such a name.</summary>
    public static bool AreIn(PolicyCondition? condition) =>
        condition is not null && (condition.Field == ResultNames.RecalledCount || condition.SubConditions.Any(AreIn));

    /// <summary>Whether an action is carried out when all that it waits for has ended.</summary>
    public static bool AreResultsOf(PolicyActionCall call) => AreIn(call.Action.Condition) || NamesOf(call.Action.Parameters)
        .Any(static found => found.Name is { } name && ResultNames.GivenBy(name) is not null);

    /// <summary>All names in all texts of some parameters, each with the path of its text.</summary>
    public static IEnumerable<(string Path, string? Name)> NamesOf(JsonElement parameters, string path = "") => parameters.ValueKind switch
    {
        JsonValueKind.Object => parameters.EnumerateObject()
            .SelectMany(member => NamesOf(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array => parameters.EnumerateArray().SelectMany((item, index) => NamesOf(item, $"{path}[{index}]")),
        JsonValueKind.String => Placeholders.Of(parameters.GetString()!).Select(found => (path, found.Name)),
        _ => [],
    };
}
