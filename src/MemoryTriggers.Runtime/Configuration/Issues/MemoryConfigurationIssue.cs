using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>Something about a configuration that is wrong, or may be. Immutable.</summary>
public sealed record MemoryConfigurationIssue
{
    internal MemoryConfigurationIssue(
        MemoryConfigurationSeverity severity, string code, string path, string message, string suggestion = "") =>
        (Severity, Code, Path, Message, Suggestion) = (severity, code, path, message, suggestion);

    /// <summary>Whether nothing can start with it; the others are warnings and notes.</summary>
    public bool IsError => Severity == MemoryConfigurationSeverity.Error;

    internal MemoryConfigurationSeverity Severity { get; }

    /// <summary>
    /// <c>LOAD_ERROR</c> (cannot be read), <c>SCHEMA_VIOLATION</c> (one key by itself), <c>SCHEMA_ERROR</c> (its version),
    /// <c>VALIDATION_RULE_ERROR</c> (several keys together, or for the environment), <c>CONFIG_CREATE_ERROR</c> (it cannot be applied).
    /// </summary>
    public string Code { get; }

    /// <summary>Which key, such as <c>performance.batch_size</c>; empty for all of it.</summary>
    public string Path { get; }

    /// <summary>What is wrong.</summary>
    public string Message { get; }

    /// <summary>What would be better; empty when the message says it.</summary>
    public string Suggestion { get; }

    /// <summary>
    /// Where it is: the file, <c>variable NAME</c>, <c>code</c>, <c>built-in environment production</c>, or <c>default</c>.
    /// </summary>
    public string Source => Origin.Source;

    /// <summary>The line, from 1; 0 when it is not in a document.</summary>
    public int Line => Origin.Line;

    /// <summary>The column, from 1; 0 when it is not in a document.</summary>
    public int Column => Origin.Column;

    internal MemoryConfigurationOrigin Origin { get; init; } = MemoryConfigurationOrigin.Default;

    /// <inheritdoc />
    public override string ToString()
    {
        var place = Origin == MemoryConfigurationOrigin.Default ? "" : $"{Origin}: ";
        var (path, suggestion) = (Path.Length > 0 ? $"{Path} " : "", Suggestion.Length > 0 ? $"; {Suggestion}" : "");
        return $"{place}{Severity.ToString().ToLowerInvariant()} {Code}: {path}{Message}{suggestion}";
    }
}
