using System.Globalization;

namespace MemoryTriggers.Policies;

/// <summary>Conditions in words, for reasons and explanations. Two conditions with the same words test the same.</summary>
internal static class ConditionText
{
    public static string Of(PolicyCondition condition) =>
        (condition.Negate ? "not " : "") + Plain(condition) + (condition.IgnoreCase ? " (ignoring case)" : "");

    private static string Plain(PolicyCondition condition) => condition.Type switch
    {
        PolicyConditionType.Always => "always",
        PolicyConditionType.Never => "never",
        PolicyConditionType.InList or PolicyConditionType.NotInList =>
            $"{Named(condition.Field)} {condition.Type.Name()} [{string.Join(", ", condition.Values.Select(Quoted))}]",
        PolicyConditionType.MatchesRegex => $"{Named(condition.Field)} matches_regex {Quoted(condition.RegexPattern)}",
        PolicyConditionType.Between =>
            string.Create(CultureInfo.InvariantCulture, $"{Named(condition.Field)} between {condition.MinValue} and {condition.MaxValue}"),
        PolicyConditionType.TimeRange =>
            string.Create(CultureInfo.InvariantCulture, $"time_range {condition.StartTime:HH\\:mm}-{condition.EndTime:HH\\:mm}"),
        PolicyConditionType.RateLimit => string.Create(CultureInfo.InvariantCulture,
            $"rate_limit {condition.RateLimit} per {condition.TimeWindow ?? ConditionCompiler.DefaultTimeWindow} " +
                $"s{(condition.Field is { } field ? $" and {Named(field)}" : "")}"),
        PolicyConditionType.Probability => string.Create(CultureInfo.InvariantCulture, $"probability {condition.Probability}"),
        PolicyConditionType.CompositeAnd => $"({string.Join(" and ", condition.SubConditions.Select(Of))})",
        PolicyConditionType.CompositeOr => $"({string.Join(" or ", condition.SubConditions.Select(Of))})",
        _ => $"{Named(condition.Field)} {condition.Type.Name()} {Quoted(condition.Value)}",
    };

    private static string Named(string? field) =>
        field is null || field.AsSpan().IndexOfAny(" '()") >= 0 ? Quoted(field) : field;

    private static string Quoted(object? value) =>
        Scalar.Canonical(value) is { } text ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : "null";
}
