using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>The values of a configuration, where they come from, and what is wrong with them. Immutable.</summary>
public sealed record MemoryConfigurationReport
{
    private HashSet<string>? _said;

    internal MemoryConfigurationReport(ConfigurationSnapshot configuration) => Configuration = configuration;

    /// <summary>The configuration; keys that are wrong have their defaults in it.</summary>
    internal ConfigurationSnapshot Configuration { get; init; }

    /// <summary>Every value with where it comes from; secrets are masked.</summary>
    public required IReadOnlyList<MemoryConfigurationValue> Values { get; init; }

    /// <summary>What is wrong, or may be: errors first, then by place.</summary>
    public required IReadOnlyList<MemoryConfigurationIssue> Issues { get; init; }

    /// <summary>The reference's measure of how well the configuration performs, 0 to 1.</summary>
    public required double PerformanceScore { get; init; }

    /// <summary>What went into <see cref="PerformanceScore"/>, a line for each factor.</summary>
    public required IReadOnlyList<string> PerformanceReasons { get; init; }

    /// <summary>
    /// Whether it can be used. Errors of single keys and of documents refuse it always, errors of rules across keys and of the environment
    /// only with
    /// <c>validation_strict</c>.
    /// </summary>
    public bool IsValid => Refusals.Count == 0;

    /// <summary>Whether a source, or the preset, says the key.</summary>
    internal bool Says(string path)
    {
        _said ??= Values.Where(static value => value.Origin != MemoryConfigurationOrigin.Default).Select(static value => value.Path)
            .ToHashSet(StringComparer.Ordinal);
        return _said.Contains(path);
    }

    /// <summary>Those of <see cref="Issues"/> that refuse it.</summary>
    public IReadOnlyList<MemoryConfigurationIssue> Refusals =>
    [
        .. Issues.Where(issue => issue.Severity == MemoryConfigurationSeverity.Error &&
            (Configuration.ValidationStrict || issue.Code != IssueCodes.Rule)),
    ];
}
