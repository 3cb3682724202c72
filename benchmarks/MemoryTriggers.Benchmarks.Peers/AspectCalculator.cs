using System.Diagnostics;
using System.Runtime.CompilerServices;
using AspectInjector.Broker;

namespace MemoryTriggers.Benchmarks.Peers;

/// <summary>AspectInjector.</summary>
public sealed class AspectCalculator : ICalculator
{
    [CaptureAspect]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Add(int a, int b) => a + b;

    [CaptureAspect]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public async ValueTask<int> AddValueTask(int a, int b)
    {
        await Task.CompletedTask;
        return a + b;
    }

    [CaptureAspect]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public async Task<int> AddTask(int a, int b)
    {
        await Task.CompletedTask;
        return a + b;
    }
}

/// <summary>The aspect: an around advice.</summary>
[Aspect(Scope.Global)]
[Injection(typeof(CaptureAspect))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class CaptureAspect : Attribute
{
    [Advice(Kind.Around)]
    public object Around(
        [Argument(Source.Name)] string name, [Argument(Source.Arguments)] object[] arguments, [Argument(Source.Target)] Func<object[], object> target)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var returned = target(arguments);
            PeerRecord.Capture(name, arguments, TaskResults.Of(returned), null, started);
            return returned;
        }
        catch (Exception exception)
        {
            PeerRecord.Capture(name, arguments, null, exception, started);
            throw;
        }
    }
}
