using System.Reflection;

namespace MemoryTriggers.Capture;

/// <summary>A sink that is notified of triggers that cannot capture. Thread-safe.</summary>
internal interface ITriggerReports
{
    /// <summary>An assembly has triggers and was not woven.</summary>
    void ReportUnwoven(Assembly assembly);

    /// <summary>A hot reload has changed a type with triggers.</summary>
    void ReportReloaded(Type type);

    /// <summary>An execution that began while the sink was attached has ended after it was detached: its record is lost.</summary>
    void ReportLate();
}
