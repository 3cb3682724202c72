using System.Diagnostics;
using System.Threading.Channels;

namespace MemoryTriggers.Benchmarks.Peers;

/// <summary>What the peers capture of a call: the same as we do, as an object in a bounded channel that a consumer empties.</summary>
public sealed record PeerRecord(string Method, object?[] Arguments, object? Result, Exception? Exception, long Started, long Ended)
{
    private static readonly Channel<PeerRecord> Captured = Channel.CreateBounded<PeerRecord>(
        new BoundedChannelOptions(64 * 1024) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public static void Capture(string method, object?[] arguments, object? result, Exception? exception, long started)
    {
        var record = new PeerRecord(method, arguments, result, exception, started, Stopwatch.GetTimestamp());
        // Nothing is dropped: a full channel would make the call look cheaper than it is.
        var spin = default(SpinWait);
        while (!Captured.Writer.TryWrite(record)) spin.SpinOnce();
    }

    public static async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            while (Captured.Reader.TryRead(out _))
            {
            }

            await Task.Delay(1, CancellationToken.None);
        }
    }
}
