using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

/// <summary>The evaluator with its index, its slots and its shared answers agrees with one that knows nothing of all that.</summary>
public sealed class PolicyAgreementTests
{
    private static readonly string[] Fields = ["a", "b", "metadata.c", "d.e", "priority", "tags", "trigger_type", "source"];
    private static readonly object?[] Values = [null, true, false, 1L, 2L, 2.5, "1", "true", "x", "X", "xy", "high", "low", "agent_operation", "workflow_completion"];

    [Fact]
    public void Evaluate_OfRandomRulesAndMemories_AgreesWithTheNaiveModel()
    {
        var cases = from rules in Gen.ListOf(Rule, 12) from entries in Gen.ListOf(Entry, 6) select (Rules: rules.ToList(), Entries: entries.ToList());

        Prop.ForAll(cases.ToArbitrary(), sample => Check(sample.Rules, sample.Entries)).Check(Config.QuickThrowOnFailure.WithMaxTest(600).WithReplay(4711, 20_261_121));
    }

    private static bool Check(List<PolicyRule> rules, List<MemoryEntry> entries)
    {
        rules = [.. rules.Select(static (rule, number) => rule with { Name = $"r{number}" })];
        var engine = new PolicyEngine(PolicySet.Compile(rules, options: new PolicySetOptions { TimeZone = TimeZoneInfo.Utc }));
        return entries.TrueForAll(entry => engine.Evaluate(entry).Actions.Select(static call => call.Rule).SequenceEqual(
            rules.OrderByDescending(static rule => rule.Priority).Where(rule => Matches(rule, entry)).Select(static rule => rule.Name)));
    }

    private static bool Matches(PolicyRule rule, MemoryEntry entry)
    {
        var inScope = rule.Scope switch
        {
            PolicyScope.Agent => entry.TriggerType == TriggerType.AgentOperation,
            PolicyScope.Workflow => entry.TriggerType == TriggerType.WorkflowCompletion,
            _ => true,
        };
        return inScope && (rule.ConditionOperator == PolicyOperator.And ? rule.Conditions.All(Holds) : rule.Conditions.Any(Holds));

        bool Holds(PolicyCondition condition) => Test(condition, entry) != condition.Negate;
    }

    private static bool Test(PolicyCondition condition, MemoryEntry entry)
    {
        var values = condition.Field is { } field ? Read(entry, field) : [];
        var isList = condition.Field == "tags";
        var comparison = condition.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var single = isList ? null : values.FirstOrDefault();
        return condition.Type switch
        {
            PolicyConditionType.Always => true,
            PolicyConditionType.Never => false,
            PolicyConditionType.Equals => IsOne([condition.Value]),
            PolicyConditionType.NotEquals => !IsOne([condition.Value]),
            PolicyConditionType.InList => IsOne(condition.Values),
            PolicyConditionType.NotInList => !IsOne(condition.Values),
            PolicyConditionType.Contains => Has(),
            PolicyConditionType.NotContains => !Has(),
            PolicyConditionType.MatchesRegex => values.Exists(value => Regex.IsMatch(value, condition.RegexPattern!, condition.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)),
            PolicyConditionType.GreaterThan => Number() > Convert.ToDouble(condition.Value, CultureInfo.InvariantCulture),
            PolicyConditionType.LessThan => Number() < Convert.ToDouble(condition.Value, CultureInfo.InvariantCulture),
            PolicyConditionType.Between => Number() >= condition.MinValue && Number() <= condition.MaxValue,
            PolicyConditionType.CompositeAnd => condition.SubConditions.All(part => Test(part, entry) != part.Negate),
            PolicyConditionType.CompositeOr => condition.SubConditions.Any(part => Test(part, entry) != part.Negate),
            _ => throw new NotSupportedException(),
        };

        bool IsOne(IReadOnlyList<object?> wanted) => wanted.Any(value => value is null
            ? !isList && single is null
            : single is not null && string.Equals(single, Text(value), comparison));

        bool Has() => isList
            ? values.Exists(value => string.Equals(value, Text(condition.Value!), comparison))
            : single is not null && single.Contains(Text(condition.Value!), comparison);

        double? Number() => single is not null and not "true" and not "false" && double.TryParse(single, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static List<string> Read(MemoryEntry entry, string field)
    {
        string? single = field switch
        {
            "priority" => entry.Priority.Name(),
            "source" => entry.Source,
            "trigger_type" => entry.TriggerType?.Name(),
            _ => null,
        };
        if (field == "tags") return [.. entry.Tags];
        if (single is not null) return [single];
        if (!entry.Value.TryGetProperty("metadata", out var at)) return [];
        foreach (var part in field.Replace("metadata.", "", StringComparison.Ordinal).Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out at)) return [];
        }

        return at.ValueKind == JsonValueKind.Null ? [] : [at.ValueKind == JsonValueKind.String ? at.GetString()! : at.GetRawText()];
    }

    private static string Text(object value) => value is bool truth ? truth ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static Gen<object?> Value => Gen.Elements(Values);

    private static Gen<object?> Something => Gen.Elements(Values[1..]);

    private static Gen<PolicyCondition> Condition(int depth)
    {
        var truth = Gen.Elements(false, false, true);
        var field = Gen.Elements(Fields);
        var leaf =
            from type in Gen.Elements(
                PolicyConditionType.Always, PolicyConditionType.Never, PolicyConditionType.Equals, PolicyConditionType.Equals, PolicyConditionType.Equals,
                PolicyConditionType.NotEquals, PolicyConditionType.InList, PolicyConditionType.NotInList)
            from name in field from value in Value from values in Gen.ListOf(Value, 2) from negate in truth from ignoreCase in truth
            select new PolicyCondition { Type = type, Field = name, Value = value, Values = [.. values], Negate = negate, IgnoreCase = ignoreCase };
        var textual =
            from type in Gen.Elements(PolicyConditionType.Contains, PolicyConditionType.NotContains, PolicyConditionType.MatchesRegex)
            from name in field from value in Something from pattern in Gen.Elements("^x", "[0-9]", "h$", "(?=x)") from negate in truth from ignoreCase in truth
            select new PolicyCondition { Type = type, Field = name, Value = value, RegexPattern = pattern, Negate = negate, IgnoreCase = ignoreCase };
        var numeric =
            from type in Gen.Elements(PolicyConditionType.GreaterThan, PolicyConditionType.LessThan, PolicyConditionType.Between)
            from name in field from limit in Gen.Elements<object?>(1L, 2L, 2.5) from negate in truth
            select new PolicyCondition { Type = type, Field = name, Value = limit, MinValue = 1, MaxValue = 2, Negate = negate };
        (leaf, textual, numeric) = (leaf.Select(Allowed), textual.Select(Allowed), numeric.Select(Allowed));
        if (depth == 0) return Gen.OneOf(leaf, textual, numeric);
        var composite =
            from type in Gen.Elements(PolicyConditionType.CompositeAnd, PolicyConditionType.CompositeOr)
            from parts in Gen.ListOf(Condition(depth - 1), 2) from negate in truth
            select new PolicyCondition { Type = type, SubConditions = [.. parts], Negate = negate };
        return Gen.OneOf(leaf, leaf, textual, numeric, composite);
    }

    // Only what the check lets through: the members of the type, and values that the field can have.
    private static PolicyCondition Allowed(PolicyCondition condition)
    {
        var useless = ConditionMembers.Useless(condition).ToHashSet();
        condition = condition with
        {
            Field = useless.Contains("field") ? null : condition.Field, Value = useless.Contains("value") ? null : condition.Value,
            Values = useless.Contains("values") ? [] : condition.Values,
            RegexPattern = useless.Contains("regex_pattern") ? null : condition.RegexPattern,
            MinValue = useless.Contains("min_value") ? null : condition.MinValue,
            MaxValue = useless.Contains("max_value") ? null : condition.MaxValue,
        };
        if (condition.Type is PolicyConditionType.Contains or PolicyConditionType.NotContains or PolicyConditionType.MatchesRegex) return condition;
        var isNumeric = condition.Type is PolicyConditionType.GreaterThan or PolicyConditionType.LessThan or PolicyConditionType.Between;
        return condition.Field switch
        {
            "tags" => condition with { Field = "a" },
            "priority" or "trigger_type" when isNumeric => condition with { Field = "b" },
            "priority" or "trigger_type" => condition with { Value = Known(condition.Field, condition.Value), Values = [.. condition.Values.Select(value => Known(condition.Field, value))] },
            _ => condition,
        };
    }

    private static object? Known(string field, object? value) =>
        value is null ? null : field == "priority" ? PolicyNames.Priorities[Text(value).Length % 4] : PolicyNames.TriggerTypes[Text(value).Length % 8];

    private static Gen<PolicyRule> Rule =>
        from count in Gen.Choose(1, 3) from conditions in Gen.ListOf(Condition(2), count) from joined in Gen.Elements(PolicyOperator.And, PolicyOperator.Or)
        from priority in Gen.Choose(0, 3) from scope in Gen.Elements(PolicyScope.Global, PolicyScope.Global, PolicyScope.Agent, PolicyScope.Workflow)
        select new PolicyRule
        {
            Name = "", Conditions = [.. conditions], ConditionOperator = joined, Priority = priority, Scope = scope,
            Actions = [new PolicyAction { Type = PolicyActionTypes.TriggerAlert, Parameters = JsonElement.Parse("""{"message":"m"}""") }],
        };

    private static Gen<MemoryEntry> Entry =>
        from a in Value from b in Value from c in Value from e in Value from priority in Gen.Elements(Enum.GetValues<TriggerPriority>())
        from type in Gen.Elements<TriggerType?>(null, TriggerType.AgentOperation, TriggerType.WorkflowCompletion, TriggerType.DecisionPoint)
        from tags in Gen.Elements<string[]>([], ["x"], ["high", "X"]) from source in Gen.Elements("x", "X", "xy")
        select Any.Entry() with
        {
            Priority = priority, TriggerType = type, Tags = tags, Source = source,
            Value = JsonSerializer.SerializeToElement(new Dictionary<string, object?>
            {
                ["metadata"] = new Dictionary<string, object?> { ["a"] = a, ["b"] = b, ["c"] = c, ["d"] = new Dictionary<string, object?> { ["e"] = e } },
            }),
        };
}
