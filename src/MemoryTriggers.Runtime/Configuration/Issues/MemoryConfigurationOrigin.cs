namespace MemoryTriggers.Configuration;

/// <summary>Where a value of the configuration comes from.</summary>
/// <param name="Source">The file, <c>variable NAME</c>, <c>code</c>, <c>built-in environment production</c>, or <c>default</c>.</param>
/// <param name="Line">The line in the file, from 1; 0 when it is not known, or there is none.</param>
/// <param name="Column">The column, likewise.</param>
internal sealed record MemoryConfigurationOrigin(string Source, int Line = 0, int Column = 0)
{
    /// <summary>No source has the key: the value is the default.</summary>
    public static MemoryConfigurationOrigin Default { get; } = new("default");

    /// <inheritdoc />
    public override string ToString() => Line == 0 ? Source : FormattableString.Invariant($"{Source}:{Line}:{Column}");
}
