namespace MemoryTriggers;

/// <summary>One value of the effective configuration.</summary>
/// <param name="Path">The key, such as <c>performance.batch_size</c>.</param>
/// <param name="Value">The value as it is written; secrets are masked.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record MemoryConfigurationValue(string Path, string Value, MemoryConfigurationOrigin Origin)
{
    /// <inheritdoc />
    public override string ToString() => $"{Path} = {Value}  ({Origin})";
}
