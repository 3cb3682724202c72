namespace MemoryTriggers.Configuration;

/// <summary>The configuration that counts at the moment, as one snapshot: one read sees no half-applied change. Thread-safe.</summary>
internal sealed class LiveConfiguration(MemoryConfigurationReport report)
{
    private volatile MemoryConfigurationReport _report = report;

    public MemoryConfigurationReport Report => _report;

    public ConfigurationSnapshot Current => _report.Configuration;

    public void Replace(MemoryConfigurationReport report) => _report = report;
}
