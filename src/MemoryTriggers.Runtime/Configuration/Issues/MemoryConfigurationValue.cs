using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>One value of the effective configuration. Immutable.</summary>
public sealed record MemoryConfigurationValue
{
    internal MemoryConfigurationValue(string path, string value, MemoryConfigurationOrigin origin) =>
        (Path, Value, Origin) = (path, value, origin);

    /// <summary>The key, such as <c>performance.batch_size</c>.</summary>
    public string Path { get; }

    /// <summary>The value as it is written; secrets are masked.</summary>
    public string Value { get; }

    /// <summary>
    /// Where it comes from: the file, <c>variable NAME</c>, <c>code</c>, <c>built-in environment production</c>, or <c>default</c>.
    /// </summary>
    public string Source => Origin.Source;

    /// <summary>The line in the file, from 1; 0 when it is not known, or there is none.</summary>
    public int Line => Origin.Line;

    /// <summary>The column in the file, from 1; 0 when it is not known, or there is none.</summary>
    public int Column => Origin.Column;

    internal MemoryConfigurationOrigin Origin { get; }

    /// <inheritdoc />
    public override string ToString() => $"{Path} = {Value}  ({Origin})";
}
