using System.Runtime.CompilerServices;

namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>Nothing but the work.</summary>
public class PlainCalculator : ICalculator
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public virtual int Add(int a, int b) => a + b;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public virtual async ValueTask<int> AddValueTask(int a, int b)
    {
        await Task.CompletedTask;
        return a + b;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public virtual async Task<int> AddTask(int a, int b)
    {
        await Task.CompletedTask;
        return a + b;
    }
}
