using MemoryTriggers;
using Spectre.Console;

namespace Quickstart;

/// <summary>Where the data is, and whether the record accounting balances.</summary>
internal static class HealthReport
{
    public static async Task WriteAsync(MemoryTriggerService memory)
    {
        var health = await memory.GetHealthAsync();
        AnsiConsole.MarkupLineInterpolated($"Data in [bold]{health.DataDirectory}[/]: {health.Backend.Description}");
        AnsiConsole.MarkupLineInterpolated(
            $"{health.Accepted} accepted = {health.Stored} stored + {health.DeadLettered} dead letters + {health.Pending} pending");
        foreach (var problem in health.Problems) AnsiConsole.MarkupLineInterpolated($"[yellow]{problem}[/]");
    }
}
