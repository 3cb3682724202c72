using System.Diagnostics;
using System.Reflection;

namespace MemoryTriggers.Benchmarks.Peers;

/// <summary>DispatchProxy of the base class library.</summary>
public class DispatchInterceptor : DispatchProxy
{
    private ICalculator _inner = null!;

    public static ICalculator Around(ICalculator inner)
    {
        var proxy = Create<ICalculator, DispatchInterceptor>();
        ((DispatchInterceptor)(object)proxy)._inner = inner;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var (a, b) = ((int)args![0]!, (int)args[1]!);
            object returned = targetMethod!.Name switch
            {
                nameof(ICalculator.Add) => _inner.Add(a, b),
                nameof(ICalculator.AddValueTask) => _inner.AddValueTask(a, b),
                _ => _inner.AddTask(a, b),
            };
            PeerRecord.Capture(targetMethod.Name, args, TaskResults.Of(returned), null, started);
            return returned;
        }
        catch (Exception exception)
        {
            PeerRecord.Capture(targetMethod!.Name, args!, null, exception, started);
            throw;
        }
    }
}
