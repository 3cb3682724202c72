namespace MemoryTriggers.Yaml;

/// <summary>A part of a YAML document, with its place.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>How many nodes it is, aliases written out.</summary>
    public long Size { get; init; } = 1;

    /// <summary>The kind of node, for messages.</summary>
    public abstract string Kind { get; }
}
