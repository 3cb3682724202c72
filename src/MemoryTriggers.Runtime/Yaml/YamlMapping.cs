namespace MemoryTriggers.Yaml;

/// <summary>Names with values. The names are texts, and unique.</summary>
internal sealed record YamlMapping(int Line, int Column, IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries) : YamlNode(Line, Column)
{
    public override string Kind => "a mapping";
}
