using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>The fields that have only certain values: a comparison with another value could never hold, or would always.</summary>
internal static class FieldValues
{
    private static readonly string[] Outcomes = [.. Enum.GetValues<TriggerOutcome>().Select(static outcome => outcome.Name())];
    private static readonly string[] Truths = ["true", "false"];

    /// <returns>The values of a field; <see langword="null"/> when it may have any.</returns>
    public static string[]? Of(string? field) => field switch
    {
        EntryFields.TriggerType or "metadata.trigger_type" => PolicyNames.TriggerTypes,
        "priority" or "trigger_priority" or "metadata.trigger_priority" => PolicyNames.Priorities,
        "outcome" => Outcomes,
        "success" => Truths,
        _ => null,
    };

    /// <returns>What is wrong with a value to compare with; <see langword="null"/> when nothing is.</returns>
    public static string? Problem(string? field, object? value, bool ignoreCase)
    {
        if (Of(field) is not { } known || Scalar.Canonical(value) is not { } text) return null;
        return known.Contains(text, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
            ? null
            : $"unknown {field} '{text}'{NearestName.Hint(text, known)}";
    }
}
