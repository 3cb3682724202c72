namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>Reads the results of tasks that are already complete, as those of the benchmark are.</summary>
internal static class TaskResults
{
    public static object? Of(object? returned) => returned switch
    {
        Task<int> task => task.Result,
        ValueTask<int> task => task.Result,
        _ => returned,
    };
}
