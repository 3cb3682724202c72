namespace MemoryTriggers.Configuration;

/// <summary>Collects what rules find, each at the place of its key.</summary>
internal sealed class ConfigurationFindings(
    ConfigurationSnapshot configuration, IReadOnlyDictionary<string, MemoryConfigurationOrigin> origins)
{
    private readonly List<MemoryConfigurationIssue> _issues = [];

    public ConfigurationSnapshot Configuration { get; } = configuration;

    public IReadOnlyList<MemoryConfigurationIssue> Issues => _issues;

    public bool IsSaid(string path) => origins.ContainsKey(path);

    /// <summary>Where a key was said; for a section, where its first key was.</summary>
    public MemoryConfigurationOrigin OriginOf(string path) =>
        origins.GetValueOrDefault(path) ??
        origins.Where(key => key.Key.StartsWith(path + '.', StringComparison.Ordinal)).Select(static key => key.Value)
            .Where(static origin => origin.Line > 0).MinBy(static origin => origin.Line) ??
        MemoryConfigurationOrigin.Default;

    public void Error(bool when, string path, string message, string suggestion) =>
        Add(when, MemoryConfigurationSeverity.Error, path, message, suggestion);

    public void Warning(bool when, string path, string message, string suggestion) =>
        Add(when, MemoryConfigurationSeverity.Warning, path, message, suggestion);

    public void Info(bool when, string path, string message, string suggestion) =>
        Add(when, MemoryConfigurationSeverity.Info, path, message, suggestion);

    public void Add(MemoryConfigurationIssue issue) => _issues.Add(issue);

    private void Add(bool when, MemoryConfigurationSeverity severity, string path, string message, string suggestion)
    {
        if (when)
            _issues.Add(new MemoryConfigurationIssue(severity, IssueCodes.Rule, path, message, suggestion) { Origin = OriginOf(path) });
    }
}
