using System.Globalization;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Yaml;

/// <summary>The members of one mapping, read by name and kind. What is wrong is noted, and the member is as good as absent.</summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlNode> _members = new(StringComparer.Ordinal);
    private readonly ReadProblems _problems;
    private readonly YamlMapping _mapping;

    public YamlFields(YamlMapping mapping, string path, ReadProblems problems, IReadOnlyList<string> known)
    {
        (_mapping, Path, _problems) = (mapping, path, problems);
        problems.Place(path, mapping);
        foreach (var (key, value) in mapping.Entries.TakeWhile(_ => !problems.IsFull))
        {
            var member = path.Length == 0 ? key.Text : $"{path}.{key.Text}";
            if (!known.Contains(key.Text)) problems.Add(key, member, $"unknown key '{key.Text}'{NearestName.Hint(key.Text, known)}");
            else if (value is not YamlScalar { IsNull: true }) _members.Add(key.Text, value);
            problems.Place(member, value);
        }
    }

    public string Path { get; }

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>Whether it is there, be it with the value null.</summary>
    public bool IsNamed(string name) => _mapping.Entries.Any(entry => entry.Key.Text == name);

    public string Member(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    public void Require(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!Has(name)) _problems.Add(_mapping, Path, $"'{name}' is missing");
        }
    }

    /// <summary>A single value of whatever kind.</summary>
    public object? Value(string name) => Scalar(name, "a single value") is { } scalar ? scalar.Value : null;

    // A number where a text is expected is read as its digits: the name of a rule may be 404.
    public string? Text(string name) => Scalar(name, "a text")?.Text;

    public bool? Truth(string name)
    {
        if (Scalar(name, "true or false") is not { } scalar) return null;
        if (scalar.Truth is null) Wrong(name, scalar, "true or false");
        return scalar.Truth;
    }

    public int? Integer(string name)
    {
        if (Scalar(name, "a whole number") is not { } scalar) return null;
        if (scalar.IsPlain && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        Wrong(name, scalar, "a whole number");
        return null;
    }

    public double? Number(string name)
    {
        if (Scalar(name, "a number") is not { } scalar) return null;
        if (scalar.Number is null) Wrong(name, scalar, "a number");
        return scalar.Number;
    }

    public TimeSpan? Seconds(string name)
    {
        if (Number(name) is not { } seconds) return null;
        if (Math.Abs(seconds) < int.MaxValue) return TimeSpan.FromSeconds(seconds);
        Wrong(name, _members[name], "a number of seconds");
        return null;
    }

    public TimeOnly? Time(string name)
    {
        if (Scalar(name, "a time such as 09:30") is not { } scalar) return null;
        if (TimeOnly.TryParseExact(scalar.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Wrong(name, scalar, "a time such as 09:30");
        return null;
    }

    /// <returns>The position of the name; -1 when there is none or it is unknown.</returns>
    public int OneOf(string name, IReadOnlyList<string> known)
    {
        if (Scalar(name, "a name") is not { } scalar) return -1;
        for (var index = 0; index < known.Count; index++)
        {
            if (string.Equals(known[index], scalar.Text, StringComparison.OrdinalIgnoreCase)) return index;
        }

        _problems.Add(scalar, Member(name), $"unknown {name} '{scalar.Text}'{NearestName.Hint(scalar.Text, known)}");
        return -1;
    }

    public IReadOnlyList<YamlNode> List(string name)
    {
        if (!_members.TryGetValue(name, out var node)) return [];
        if (node is YamlSequence list) return list.Items;
        Wrong(name, node, "a list");
        return [];
    }

    public IReadOnlyList<object?> Values(string name)
    {
        var values = new List<object?>();
        foreach (var item in List(name))
        {
            if (item is YamlScalar scalar) values.Add(scalar.Value);
            else _problems.Add(item, Member(name), $"must be a list of single values; here is {item.Kind}");
        }

        return values;
    }

    public YamlMapping? Mapping(string name)
    {
        if (!_members.TryGetValue(name, out var node)) return null;
        if (node is YamlMapping mapping) return mapping;
        Wrong(name, node, "a mapping");
        return null;
    }

    /// <summary>A mapping from names to texts.</summary>
    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        if (Mapping(name) is not { } mapping) return new Dictionary<string, string>();
        string[] names = [.. mapping.Entries.Select(static member => member.Key.Text)];
        var given = new YamlFields(mapping, Member(name), _problems, names);
        return names.ToDictionary(static member => member, member => given.Text(member) ?? "", StringComparer.Ordinal);
    }

    private YamlScalar? Scalar(string name, string wanted)
    {
        if (!_members.TryGetValue(name, out var node)) return null;
        if (node is YamlScalar scalar) return scalar;
        Wrong(name, node, wanted);
        return null;
    }

    private void Wrong(string name, YamlNode node, string wanted) => _problems.Add(node, Member(name),
        node is YamlScalar scalar ? $"must be {wanted}; it is {scalar.Kind}, '{scalar.Text}'" : $"must be {wanted}; it is {node.Kind}");
}
