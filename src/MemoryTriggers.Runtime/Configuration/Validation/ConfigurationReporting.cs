namespace MemoryTriggers.Configuration;

/// <summary>Adds the second and third layer of validation to the first, and puts all that is known together.</summary>
internal static class ConfigurationReporting
{
    public static MemoryConfigurationReport Report(
        ConfigurationSnapshot configuration, IReadOnlyDictionary<string, MemoryConfigurationOrigin> origins,
        List<MemoryConfigurationIssue> issues, bool isAlone)
    {
        // What is said of a key that is wrong by itself would be said of its default.
        var wrong = issues.Select(static issue => issue.Path).ToHashSet(StringComparer.Ordinal);
        var findings = new ConfigurationFindings(configuration, origins);
        CrossKeyRules.Check(findings);
        EnvironmentRules.Check(findings);
        WebhookRules.Check(findings, isAlone);
        PolicyFileRules.Check(findings, isAlone);
        issues.AddRange(findings.Issues.Where(issue => !wrong.Contains(issue.Path)));
        var (score, reasons) = PerformanceScore.Of(configuration);
        return new MemoryConfigurationReport(configuration)
        {
            Values = ConfigurationValues.Of(configuration, origins),
            Issues =
            [
                .. issues.OrderBy(static issue => issue.Severity).ThenBy(static issue => issue.Origin.Source, StringComparer.Ordinal)
                    .ThenBy(static issue => issue.Line).ThenBy(static issue => issue.Column),
            ],
            PerformanceScore = score,
            PerformanceReasons = reasons,
        };
    }
}
