namespace MemoryTriggers.Configuration;

/// <summary>
/// Puts the sources one over the other. A later value replaces an earlier one; of a list the whole is replaced, so that a short list over a
/// long one
/// does not keep its end.
/// </summary>
internal sealed class SettingTree(List<MemoryConfigurationIssue> issues)
{
    private int _layer;

    public SettingNode Root { get; } = new("", "");

    public void Add(IEnumerable<SettingEntry> source)
    {
        foreach (var entry in source) Add(entry);
        _layer++;
    }

    private void Add(SettingEntry entry)
    {
        var node = Root;
        var type = SettingTypes.Root;
        var isMap = false;
        foreach (var part in entry.Key.Split(':'))
        {
            var property = isMap ? null : type?.Find(part);
            node = Step(node, property?.Name ?? part, part, entry.Origin);
            if (property?.Kind == SettingKind.List && node.Layer < _layer) node.Clear();
            if (!isMap)
            {
                type = property?.Inner;
                isMap = property?.Kind == SettingKind.Map;
            }
            else
            {
                isMap = false;
            }

            // A section stands where it begins, not where the last of its values does.
            if (node.Layer < _layer) (node.Layer, node.Origin) = (_layer, entry.Origin);
        }

        node.Origin = entry.Origin;
        if (!entry.IsPlace) node.Set(entry.Value);
    }

    private SettingNode Step(SettingNode parent, string name, string spelling, MemoryConfigurationOrigin origin)
    {
        var node = parent.Child(name);
        if (node.Layer == _layer && node.Spelling != spelling && !node.IsEmpty)
        {
            issues.Add(new MemoryConfigurationIssue(
                MemoryConfigurationSeverity.Error, IssueCodes.Schema, node.Path,
                $"is there twice, as '{node.Spelling}' and as '{spelling}'", "keep one of them") { Origin = origin });
        }

        node.Spelling = spelling;
        return node;
    }
}
