using System.Runtime.CompilerServices;
using MemoryTriggers.Benchmarks.Peers;

namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>The same work, decorated. Arguments and result are captured.</summary>
public sealed class WovenCalculator : ICalculator
{
    [WorkflowMemoryTrigger(CaptureArguments = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Add(int a, int b) => a + b;

    [WorkflowMemoryTrigger(CaptureArguments = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public async ValueTask<int> AddValueTask(int a, int b)
    {
        await Task.CompletedTask;
        return a + b;
    }

    [WorkflowMemoryTrigger(CaptureArguments = true)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public async Task<int> AddTask(int a, int b)
    {
        await Task.CompletedTask;
        return a + b;
    }
}
