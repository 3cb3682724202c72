namespace MemoryTriggers.Configuration;

/// <summary>
/// Where <c>lifecycle</c> and <c>backend.encryption_*</c> meet what carries them out. They are read, checked and kept in the configuration;
/// what is not wired here yet stays without effect, and is named by <see cref="Unused"/> so that nobody believes otherwise.
/// </summary>
internal static class LifecycleMapping
{
    /// <summary>What was said and does nothing yet.</summary>
    public static IEnumerable<string> Unused(MemoryConfigurationReport report) =>
        report.Values.Where(static value => value.Origin != MemoryConfigurationOrigin.Default).Select(static value => value.Path)
            .Where(static path => path.StartsWith("lifecycle.", StringComparison.Ordinal) || path.StartsWith("backend.encryption_", StringComparison.Ordinal));
}
