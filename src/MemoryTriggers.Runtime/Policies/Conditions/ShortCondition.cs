namespace MemoryTriggers.Policies;

/// <summary>A condition of the short notation, such as <c>metadata:success=true</c>, as one of the long.</summary>
internal static class ShortCondition
{
    public static PolicyCondition Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var pattern = text[(colon + 1)..].Trim();
        return (colon < 0 ? "" : text[..colon].Trim().ToLowerInvariant()) switch
        {
            "type" => Exact(EntryFields.TriggerType, pattern),
            "priority" => Exact("priority", pattern),
            "project" => Like("project", pattern),
            "source" => Like("source", pattern),
            "tag" => Glob.IsPattern(pattern) ? Like("tags", pattern) : Contains("tags", pattern),
            "content" => Contains("content", pattern),
            "metadata" => Metadata(pattern),
            _ => new PolicyCondition { Type = PolicyConditionType.Always },
        };
    }

    private static PolicyCondition Exact(string field, string value) =>
        new() { Type = PolicyConditionType.Equals, Field = field, Value = value.ToLowerInvariant() };

    private static PolicyCondition Contains(string field, string value) =>
        new() { Type = PolicyConditionType.Contains, Field = field, Value = value, IgnoreCase = true };

    private static PolicyCondition Like(string field, string pattern) => Glob.IsPattern(pattern)
        ? new PolicyCondition
        {
            Type = PolicyConditionType.MatchesRegex,
            Field = field,
            RegexPattern = Glob.ToRegex(pattern),
            IgnoreCase = true,
        }
        : new PolicyCondition { Type = PolicyConditionType.Equals, Field = field, Value = pattern, IgnoreCase = true };

    private static PolicyCondition Metadata(string pattern)
    {
        var equal = pattern.IndexOf('=', StringComparison.Ordinal);
        return equal < 0
            ? new PolicyCondition { Type = PolicyConditionType.NotEquals, Field = $"metadata.{pattern}", Value = null }
            : new PolicyCondition
            {
                Type = PolicyConditionType.Equals,
                Field = $"metadata.{pattern[..equal].Trim()}",
                Value = pattern[(equal + 1)..].Trim(),
                IgnoreCase = true,
            };
    }
}
