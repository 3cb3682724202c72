using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>What the actions of a rule must fulfil: their types, their parameters, and what they need of each other.</summary>
/// <param name="problems">Where problems go.</param>
/// <param name="conditions">Checks their conditions.</param>
/// <param name="given">Names of fields that chains give.</param>
/// <param name="options">The types of action of the program, and the hosts that webhooks may reach.</param>
internal sealed class ActionCheck(
    FoundProblems problems, ConditionCheck conditions, IReadOnlySet<string> given, PolicySetOptions options)
{
    public void Run(string rule, IReadOnlyList<PolicyAction> actions)
    {
        // As they are executed: by number, equal ones in the order in which they are written.
        var earlier = new List<PolicyAction>();
        foreach (var (index, action) in actions.Index().OrderBy(static entry => entry.Item.Priority))
        {
            Run($"{rule}.actions[{index}]", action, earlier);
            earlier.Add(action);
        }
    }

    private void Run(string path, PolicyAction action, List<PolicyAction> earlier)
    {
        problems.Within($"{path}.priority", action.Priority, 0);
        problems.Within($"{path}.retry_count", action.RetryCount, 0, 100);
        problems.Within($"{path}.retry_delay", action.RetryDelay.TotalSeconds, 0, 86_400);
        if (action.Timeout is { } timeout) problems.Within($"{path}.timeout", timeout.TotalSeconds, 0.1, 86_400);
        if (action.Condition is { } condition)
        {
            conditions.Run($"{path}.condition", condition, name => name is ResultNames.CreatedMemory or ResultNames.ExistingTags
                ? $"'{name}' is for parameters; a condition cannot ask for it"
                : ResultProblem(name, action, earlier));
            if (LateNames.AreIn(condition) && HasLimit(condition))
                problems.Add($"{path}.condition", $"a 'rate_limit' is not allowed beside '{ResultNames.RecalledCount}'");
        }

        if (!PolicyActionTypes.All.Contains(action.Type) && !options.ActionTypes.Contains(action.Type))
        {
            string[] known = [.. PolicyActionTypes.All, .. options.ActionTypes];
            problems.Add(new PolicyProblem(0, 0, $"{path}.type", $"unknown action '{action.Type}'{NearestName.Hint(action.Type, known)}")
            {
                IsForCode = NearestName.Find(action.Type, known) is null,
            });
            return;
        }

        if (action.Parameters.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{path}.parameters", "must be a mapping");
            return;
        }

        foreach (var (name, problem) in ParameterCheck.Run(action))
            problems.Add(name.Length == 0 ? path : $"{path}.parameters.{name}", problem);
        foreach (var (name, placeholder) in LateNames.NamesOf(action.Parameters))
        {
            if (Placeholder(name, placeholder, action, earlier) is { } problem) problems.Add($"{path}.parameters.{name}", problem);
        }

        var url = action.Type == PolicyActionTypes.ExecuteWebhook ? ActionParameters.Text(action.Parameters, "url") : null;
        if (options.Reach?.Problem(url) is { } host)
            problems.Add($"{path}.parameters.url", host);
    }

    private string? Placeholder(string parameter, string? name, PolicyAction action, List<PolicyAction> earlier)
    {
        if (name is null) return "'${' has no '}'; '$${' is a plain '${'";
        if (name is ResultNames.ExistingTags)
        {
            return action.Type == PolicyActionTypes.UpdateMemory && parameter.Contains("tags", StringComparison.Ordinal)
                ? null
                : $"'{name}' is for the 'tags' of 'update_memory'";
        }

        if (LateNames.Is(action.Type, name) && name != ResultNames.RecalledCount) return null;
        if (name.StartsWith("env:", StringComparison.Ordinal))
        {
            return action.Type == PolicyActionTypes.ExecuteWebhook
                ? $"'{name}' is not the name of an environment variable"
                : "environment variables are for 'execute_webhook' only: elsewhere they would be stored";
        }

        return FieldNames.Problem(name, given) ?? ResultProblem(name, action, earlier);
    }

    private static string? ResultProblem(string name, PolicyAction action, List<PolicyAction> earlier)
    {
        if (ResultNames.GivenBy(name) is not { } source) return null;
        if (!earlier.Exists(before => before.Type == source)) return $"'{name}' has no value: there is no '{source}' before it in the rule";
        return name == ResultNames.RecalledCount && IsAtOnce(action)
            ? $"'{name}' comes too late for '{action.Type}', which is part of the decision"
            : null;
    }

    private static bool IsAtOnce(PolicyAction action) => action.Type switch
    {
        PolicyActionTypes.Abort or PolicyActionTypes.Skip or PolicyActionTypes.ChainPolicy => true,
        PolicyActionTypes.AddTag or PolicyActionTypes.RemoveTag or PolicyActionTypes.SetQualityScore =>
            ActionParameters.Text(action.Parameters, "memory_id") is null,
        _ => false,
    };

    private static bool HasLimit(PolicyCondition condition) =>
        condition.Type == PolicyConditionType.RateLimit || condition.SubConditions.Any(HasLimit);
}
