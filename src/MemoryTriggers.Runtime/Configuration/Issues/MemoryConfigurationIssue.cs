namespace MemoryTriggers;

/// <summary>Something about a configuration that is wrong, or may be.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">
/// <c>LOAD_ERROR</c> (cannot be read), <c>SCHEMA_VIOLATION</c> (one key by itself), <c>SCHEMA_ERROR</c> (its version),
/// <c>VALIDATION_RULE_ERROR</c> (several keys together,
/// or for the environment), <c>CONFIG_CREATE_ERROR</c> (it cannot be applied).
/// </param>
/// <param name="Path">Which key, such as <c>performance.batch_size</c>; empty for all of it.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What would be better; empty when the message says it.</param>
public sealed record MemoryConfigurationIssue(MemoryConfigurationSeverity Severity, string Code, string Path, string Message, string Suggestion = "")
{
    /// <summary>Where it stands.</summary>
    public MemoryConfigurationOrigin Origin { get; init; } = MemoryConfigurationOrigin.Default;

    /// <summary>The line, from 1; 0 when it is not in a document.</summary>
    public int Line => Origin.Line;

    /// <summary>The column, from 1; 0 when it is not in a document.</summary>
    public int Column => Origin.Column;

    /// <inheritdoc />
    public override string ToString()
    {
        var place = Origin == MemoryConfigurationOrigin.Default ? "" : $"{Origin}: ";
        return $"{place}{Severity.ToString().ToLowerInvariant()} {Code}: {(Path.Length > 0 ? $"{Path} " : "")}{Message}{(Suggestion.Length > 0 ? $"; {Suggestion}" : "")}";
    }
}
