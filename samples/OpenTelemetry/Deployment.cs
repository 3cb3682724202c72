using System.Diagnostics;
using MemoryTriggers;

namespace TelemetrySample;

/// <summary>What is remembered, inside a span of its own.</summary>
internal static class Deployment
{
    public static ActivitySource Source { get; } = new("TelemetrySample");

    [WorkflowMemoryTrigger(WorkflowType = "deploy")]
    public static async Task<string> RunAsync(string target)
    {
        using var span = Source.StartActivity("deploy");
        await Task.Yield();
        return $"deployed to {target}";
    }
}
