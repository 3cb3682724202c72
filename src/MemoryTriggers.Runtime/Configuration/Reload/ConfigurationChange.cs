namespace MemoryTriggers.Configuration;

/// <summary>What differs between two configurations.</summary>
internal sealed record ConfigurationChange(string Path, string? From, string? To, MemoryConfigurationOrigin Origin, bool NeedsRestart)
{
    private const string None = "nothing";

    public override string ToString() => $"{Path} from {From ?? None} to {To ?? None}";

    public static IReadOnlyList<ConfigurationChange> Between(MemoryConfigurationReport before, MemoryConfigurationReport after)
    {
        var old = before.Values.ToDictionary(static value => value.Path, StringComparer.Ordinal);
        var restarting = Restarting(before).Concat(Restarting(after)).ToHashSet(StringComparer.Ordinal);
        var changes = new List<ConfigurationChange>();
        foreach (var value in after.Values)
        {
            old.Remove(value.Path, out var earlier);
            if (earlier?.Value != value.Value)
                changes.Add(new(value.Path, earlier?.Value, value.Value, value.Origin, restarting.Contains(value.Path)));
        }

        changes.AddRange(old.Values.Select(gone => new ConfigurationChange(
            gone.Path, gone.Value, null, MemoryConfigurationOrigin.Default, restarting.Contains(gone.Path))));
        return changes;
    }

    private static List<string> Restarting(MemoryConfigurationReport report)
    {
        var paths = new List<string>();
        ConfigurationValues.Walk(SettingTypes.Root, report.Configuration, "", (path, property, _) =>
        {
            if (property.NeedsRestart) paths.Add(path);
        });
        return paths;
    }
}
