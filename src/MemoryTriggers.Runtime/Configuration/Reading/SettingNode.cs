using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>A part of what all sources say together: a value, or names with parts of their own.</summary>
internal sealed class SettingNode(string name, string path)
{
    private readonly List<SettingNode> _children = [];

    public string Name { get; } = name;

    public string Path { get; } = path;

    public string? Value { get; private set; }

    /// <summary>Whether a source gave a value, be it none.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Where the value comes from; for names with parts, where the last of them does.</summary>
    public MemoryConfigurationOrigin Origin { get; set; } = MemoryConfigurationOrigin.Default;

    /// <summary>The source that spoke last, counted from the first.</summary>
    public int Layer { get; set; } = -1;

    /// <summary>How the source spelled the name.</summary>
    public string Spelling { get; set; } = name;

    public IReadOnlyList<SettingNode> Children => _children;

    public bool IsEmpty => !HasValue && _children.Count == 0;

    /// <summary>What kind of thing it is, for messages.</summary>
    public string Kind => _children.Count == 0 ? "a single value"
        : _children.Select(static (child, index) => (child, index))
            .All(static pair => pair.child.Name == pair.index.ToString(CultureInfo.InvariantCulture)) ? "a list"
        : "a mapping";

    public SettingNode Child(string childName)
    {
        if (Find(childName) is { } known) return known;
        _children.Add(new SettingNode(childName, Path.Length == 0 ? childName : $"{Path}.{childName}"));
        return _children[^1];
    }

    public SettingNode? Find(string childName) =>
        _children.Find(child => string.Equals(child.Name, childName, StringComparison.OrdinalIgnoreCase));

    public void Set(string? value) => (Value, HasValue) = (value, true);

    /// <summary>Forgets what earlier sources said.</summary>
    public void Clear()
    {
        (Value, HasValue) = (null, false);
        _children.Clear();
    }
}
