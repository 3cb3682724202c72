using MemoryTriggers.Benchmarks.Peers;

namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>The loops over one target.</summary>
internal sealed class TargetContender<TTarget>(string name, bool isCapturing = false) : Contender(name, isCapturing)
    where TTarget : struct, ICalculator
{
    private int _sum;

    protected override void CallSync(int count)
    {
        var target = default(TTarget);
        for (var call = 0; call < count; call++) _sum += target.Add(call, 2);
    }

    protected override void CallValueTask(int count)
    {
        var target = default(TTarget);
        for (var call = 0; call < count; call++) _sum += target.AddValueTask(call, 2).Result;
    }

    protected override void CallTask(int count)
    {
        var target = default(TTarget);
        for (var call = 0; call < count; call++) _sum += target.AddTask(call, 2).Result;
    }
}
