using System.Globalization;
using MemoryTriggers.Yaml;

namespace MemoryTriggers.Configuration;

/// <summary>
/// A YAML or JSON document as flat keys, each with its place. Any text gives an answer: what is wrong is among the problems.
/// </summary>
internal sealed class YamlSettings
{
    private readonly string _file;
    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MemoryConfigurationOrigin> _origins = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MemoryConfigurationIssue> _problems = [];

    private YamlSettings(string file) => _file = file;

    public IReadOnlyDictionary<string, string?> Values => _values;

    public IReadOnlyList<MemoryConfigurationIssue> Problems => _problems;

    public IReadOnlyList<SettingEntry> Entries =>
    [
        .. _origins.Select(origin => _values.TryGetValue(origin.Key, out var value)
            ? new SettingEntry(origin.Key, value, origin.Value) : new SettingEntry(origin.Key, null, origin.Value) { IsPlace = true }),
    ];

    /// <param name="text">The document.</param>
    /// <param name="file">How to call it in messages.</param>
    public static YamlSettings Read(string text, string file)
    {
        var settings = new YamlSettings(file);
        var found = new List<PolicyProblem>();
        var root = YamlTree.Read(text, found);
        foreach (var problem in found) settings.Problem(problem.Line, problem.Column, problem.Message);
        if (root is YamlMapping mapping) settings.Take(mapping, "");
        else if (root is not (null or YamlScalar { IsNull: true }))
            settings.Problem(root.Line, root.Column, $"the document must be a mapping; it is {root.Kind}");
        return settings;
    }

    private void Take(YamlNode node, string key)
    {
        if (key.Length > 0) _origins[key] = new MemoryConfigurationOrigin(_file, node.Line, node.Column);
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var (name, value) in mapping.Entries) Member(name, value, key);
                break;
            case YamlSequence list when list.Items.Count > 0:
                for (var index = 0; index < list.Items.Count; index++)
                    Take(list.Items[index], Join(key, index.ToString(CultureInfo.InvariantCulture)));
                break;
            case YamlSequence:
                _values[key] = "";
                break;
            default:
                _values[key] = ((YamlScalar)node) is { IsNull: false } scalar ? scalar.Text : null;
                break;
        }
    }

    private void Member(YamlScalar name, YamlNode value, string parent)
    {
        if (name.Text.Contains(':', StringComparison.Ordinal) || name.Text.Length == 0)
        {
            Problem(name.Line, name.Column, $"'{name.Text}' cannot be a key");
            return;
        }

        var key = Join(parent, name.Text);
        if (_origins.TryGetValue(key, out var first))
        {
            Problem(name.Line, name.Column, $"duplicate key '{name.Text}'; it stands on line {first.Line} already, in another spelling");
            return;
        }

        Take(value, key);
        // A value has its own place; a section or a list has that of its name, which may be lines above.
        if (value is not YamlScalar) _origins[key] = new MemoryConfigurationOrigin(_file, name.Line, name.Column);
    }

    private void Problem(int line, int column, string message) => _problems.Add(new MemoryConfigurationIssue(
        MemoryConfigurationSeverity.Error, IssueCodes.Load, "", message) { Origin = new MemoryConfigurationOrigin(_file, line, column) });

    private static string Join(string parent, string name) => parent.Length == 0 ? name : $"{parent}:{name}";
}
