using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>The changes of a rule that decides to modify.</summary>
internal sealed class RuleChange(IReadOnlyDictionary<string, string> parameters)
{
    private static readonly string[] Known = ["modified_priority", "modified_category", "added_tag"];

    public MemoryEntry Apply(MemoryEntry entry)
    {
        if (parameters.TryGetValue("modified_priority", out var name) && TriggerNames.TryParsePriority(name, out var priority))
            entry = entry with { Priority = priority };
        if (parameters.TryGetValue("modified_category", out var category)) entry = entry with { Category = category };
        return parameters.TryGetValue("added_tag", out var tag) ? EntryTags.Add(entry, tag) : entry;
    }

    public static IEnumerable<(string Name, string Problem)> Problems(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (!Known.Contains(name)) yield return (name, $"unknown parameter '{name}'{NearestName.Hint(name, Known)}");
            else if (name == "modified_priority" && !TriggerNames.TryParsePriority(value, out _))
            {
                yield return (name, $"unknown priority '{value}'{NearestName.Hint(value, PolicyNames.Priorities)}");
            }
            else if (string.IsNullOrWhiteSpace(value)) yield return (name, "must not be empty");
        }
    }
}
