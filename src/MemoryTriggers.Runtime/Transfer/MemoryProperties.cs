namespace MemoryTriggers.Transfer;

/// <summary>What is expected at each property of a memory in JSON, in the words of an error message.</summary>
internal static class MemoryProperties
{
    private const string Text = "text in quotes";
    private const string Identifier = "an id such as \"019aa4f0-0000-7000-8000-000000000001\"";
    private const string Time = "a time such as \"2026-01-31T12:00:00Z\"";

    /// <param name="path">The names from the outside in, such as <c>provenance.module</c> or <c>tags[2]</c>.</param>
    public static string Expected(string path) => path.Split('.', '[')[0] switch
    {
        "id" or "parent_id" or "superseded_by" or "similar_to" => Identifier,
        "created_at" or "updated_at" or "expires_at" or "superseded_at" or "last_seen_at" => Time,
        "tags" => "a list of texts such as [\"a\", \"b\"]",
        "duration" => "a duration such as \"00:00:01.5\"",
        "quality_score" => "a number",
        "occurrences" => "a whole number, 1 or more",
        "trigger_type" => OneOf<TriggerType>(TriggerNames.Name),
        "priority" => OneOf<TriggerPriority>(TriggerNames.Name),
        "outcome" => OneOf<TriggerOutcome>(TriggerNames.Name),
        "provenance" => Provenance(path),
        "" => "a memory",
        _ => Text,
    };

    private static string Provenance(string path) => path switch
    {
        "provenance" => "an object in braces",
        "provenance.created_at" or "provenance.updated_at" => Time,
        _ => Text,
    };

    private static string OneOf<T>(Func<T, string> name)
        where T : struct, Enum =>
        "one of " + string.Join(", ", Enum.GetValues<T>().Select(name));
}
