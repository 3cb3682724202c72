namespace MemoryTriggers.Configuration;

/// <summary>The configuration that counts at the moment, as one snapshot: whoever reads it once sees nothing half changed. Thread-safe.</summary>
internal sealed class LiveConfiguration(MemoryConfigurationReport report)
{
    private volatile MemoryConfigurationReport _report = report;

    public MemoryConfigurationReport Report => _report;

    public MemoryConfiguration Current => _report.Configuration;

    public void Replace(MemoryConfigurationReport report) => _report = report;
}
