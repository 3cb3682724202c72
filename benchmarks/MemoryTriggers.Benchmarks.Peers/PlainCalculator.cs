using System.Runtime.CompilerServices;

namespace MemoryTriggers.Benchmarks.Peers;

/// <summary>Nothing but the work.</summary>
public sealed class PlainCalculator : ICalculator
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Add(int a, int b) => a + b;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public async ValueTask<int> AddValueTask(int a, int b)
    {
        await Task.CompletedTask;
        return a + b;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public async Task<int> AddTask(int a, int b)
    {
        await Task.CompletedTask;
        return a + b;
    }
}
