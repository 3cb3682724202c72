namespace MemoryTriggers.Benchmarks.Peers;

/// <summary>Reads the results of tasks that are already complete, as those of the benchmark are.</summary>
public static class TaskResults
{
    public static object? Of(object? returned) => returned switch
    {
        Task<int> task => task.Result,
        ValueTask<int> task => task.Result,
        _ => returned,
    };
}
