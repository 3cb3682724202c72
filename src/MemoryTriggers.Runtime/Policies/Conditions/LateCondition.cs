using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>
/// The condition of an action that asks for the result of an action before. All else is answered with the memory; the rest is answered
/// when the action's turn comes.
/// </summary>
internal static class LateCondition
{
    private static readonly PolicyCondition Holds = new() { Type = PolicyConditionType.Always };
    private static readonly PolicyCondition Fails = new() { Type = PolicyConditionType.Never };

    /// <summary>The condition with what the memory answers already answered.</summary>
    public static PolicyCondition Rest(CompiledCondition condition, EvaluationContext context)
    {
        if (!LateNames.AreIn(condition.Source)) return condition.Holds(context) ? Holds : Fails;
        return condition.Children.Length == 0
            ? condition.Source
            : condition.Source with { SubConditions = [.. condition.Children.Select(child => Rest(child, context))] };
    }

    /// <summary>Whether it holds now.</summary>
    /// <param name="rest">The condition.</param>
    /// <param name="recalled">How many memories were recalled; <see langword="null"/> when that failed or was not tried.</param>
    public static bool IsMet(PolicyCondition rest, int? recalled)
    {
        var table = new ConditionTable();
        var condition = new ConditionCompiler(table, "", 0, new PolicySetOptions()).Compile(rest);
        var set = new CompiledSet(table.Fields, table.Conditions, [], [])
        {
            ByName = new Dictionary<string, CompiledRule>(),
            HasChains = false,
        };
        var context = new EvaluationContext(set);
        context.Start(Nothing(recalled), [], TimeProvider.System);
        return condition.Holds(context);
    }

    private static MemoryEntry Nothing(int? recalled) => new()
    {
        Id = Guid.Empty, Key = "", Content = "", Category = MemoryCategories.Project, Project = MemoryEntry.UnknownProject, Source = "",
        CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
        Value = recalled is { } count ? JsonElement.Parse($$"""{"{{ResultNames.RecalledCount}}":{{count}}}""") : MemoryEntry.EmptyObject,
    };
}
