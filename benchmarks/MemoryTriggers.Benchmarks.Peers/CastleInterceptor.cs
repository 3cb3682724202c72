using System.Diagnostics;
using Castle.DynamicProxy;

namespace MemoryTriggers.Benchmarks.Peers;

/// <summary>Castle DynamicProxy.</summary>
public sealed class CastleInterceptor : IInterceptor
{
    public void Intercept(IInvocation invocation)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            invocation.Proceed();
            PeerRecord.Capture(invocation.Method.Name, invocation.Arguments, TaskResults.Of(invocation.ReturnValue), null, started);
        }
        catch (Exception exception)
        {
            PeerRecord.Capture(invocation.Method.Name, invocation.Arguments, null, exception, started);
            throw;
        }
    }
}
