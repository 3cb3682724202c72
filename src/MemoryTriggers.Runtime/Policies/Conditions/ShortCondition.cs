using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>A condition of the short notation, such as <c>metadata:success=true</c>, as one of the long.</summary>
internal static class ShortCondition
{
    private const string All = "all";
    private const string Always = "always";
    private static readonly string[] Prefixes = ["type", "priority", "project", "source", "tag", "content", "metadata"];

    // What would be an operator elsewhere is none here, and must not become a part of a name.
    private static readonly char[] NoNames =
        [' ', '\t', ':', '=', '<', '>', '!', '~', '*', '?', '|', '&', '(', ')', '"', '\'', '$', '{', '}'];

    /// <summary>Reads a condition without problems.</summary>
    public static PolicyCondition Parse(string text)
    {
        var (prefix, pattern) = Parts(text);
        return prefix switch
        {
            "type" => Exact(EntryFields.TriggerType, pattern),
            "priority" => Exact("priority", pattern),
            "project" => Like("project", pattern),
            "source" => Like("source", pattern),
            "tag" => Glob.IsPattern(pattern) ? Like("tags", pattern) : Contains("tags", pattern),
            "content" => Contains("content", pattern),
            "metadata" => Metadata(pattern),
            null when IsForAll(text) => new PolicyCondition { Type = PolicyConditionType.Always },
            _ => throw new ArgumentException($"'{text}' is no condition.", nameof(text)),
        };
    }

    /// <returns>What is wrong with a condition; <see langword="null"/> when nothing is.</returns>
    public static string? Problem(string text)
    {
        var (prefix, pattern) = Parts(text);
        if (prefix is null)
        {
            return IsForAll(text)
                ? null
                : $"'{text.Trim()}' is not a condition such as 'priority:high'{NearestName.Hint(text.Trim(), [Always, .. Prefixes])}";
        }

        if (!Prefixes.Contains(prefix)) return $"unknown condition '{prefix}:'{NearestName.Hint(prefix, Prefixes)}";
        if (pattern.Length == 0) return $"'{prefix}:' needs a value";
        return prefix switch
        {
            "type" => FieldValues.Problem(EntryFields.TriggerType, pattern, ignoreCase: true),
            "priority" => FieldValues.Problem("priority", pattern, ignoreCase: true),
            "project" or "source" => PatternProblem(pattern),
            "tag" => PatternProblem(pattern),
            "metadata" => MetadataProblem(pattern),
            _ => null,
        };
    }

    private static (string? Prefix, string Pattern) Parts(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (null, "") : (text[..colon].Trim().ToLowerInvariant(), text[(colon + 1)..].Trim());
    }

    private static bool IsForAll(string text) => text.Trim() is All or Always;

    private static string? PatternProblem(string pattern) =>
        Glob.IsPattern(pattern) && SafeRegex.Problem(Glob.ToRegex(pattern)) is not null ? $"'{pattern}' is not a pattern" : null;

    private static string? MetadataProblem(string pattern)
    {
        var (name, value) = Pair(pattern);
        if (name.Length == 0 || name.AsSpan().IndexOfAny(NoNames) >= 0 || name.Split('.').Any(static part => part.Length == 0)
            || value is { Length: > 0 } && value[0] is '=' or '~' or '<' or '>')
        {
            return $"'metadata:{pattern}' is neither 'metadata:name' nor 'metadata:name=value'";
        }

        return value is null ? null
            : value.Length == 0 ? $"'metadata:{name}=' needs a value" : FieldValues.Problem(MetadataField(name), value, ignoreCase: true);
    }

    // The event itself is a part of the metadata: its success, its type.
    private static string MetadataField(string name) => name == "success" ? name : $"metadata.{name}";

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
        var (name, value) = Pair(pattern);
        return value is null
            ? new PolicyCondition { Type = PolicyConditionType.NotEquals, Field = $"metadata.{name}", Value = null }
            : new PolicyCondition { Type = PolicyConditionType.Equals, Field = $"metadata.{name}", Value = value, IgnoreCase = true };
    }

    private static (string Name, string? Value) Pair(string pattern)
    {
        var equal = pattern.IndexOf('=', StringComparison.Ordinal);
        return equal < 0 ? (pattern, null) : (pattern[..equal].Trim(), pattern[(equal + 1)..].Trim());
    }
}
