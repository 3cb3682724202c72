using System.ComponentModel;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Services;

namespace MemoryTriggers;

/// <summary>
/// Adds the reporter to a test program. The package has the generated entry point call it; who writes an entry point of his own calls it
/// there.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TestingPlatformBuilderHook
{
    /// <summary>Adds the option <c>--memory-triggers</c>, and what listens where it is set.</summary>
    /// <param name="builder">The test application that is being built.</param>
    /// <param name="arguments">Its command line, which is read by the platform.</param>
    public static void AddExtensions(ITestApplicationBuilder builder, string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.CommandLine.AddProvider(static () => new MemoryTestOptions());
        builder.TestHost.AddDataConsumer(static services => new MemoryTestReporter(services.GetCommandLineOptions()));
    }
}
