using System.Collections.Concurrent;

namespace MemoryTriggers.Operations;

/// <summary>Keeps the notices it gets, and fails as often as it is told before it takes one.</summary>
internal sealed class RecordingChannel : IAlertChannel
{
    private int _attempts;

    public int Failures { get; init; }

    public int Attempts => Volatile.Read(ref _attempts);

    public ConcurrentQueue<MemoryAlert> Sent { get; } = [];

    public string Name => "recording";

    public ValueTask SendAsync(MemoryAlert alert, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _attempts) <= Failures) throw new InvalidOperationException("https://hooks.example/with-a-key");
        Sent.Enqueue(alert);
        return default;
    }
}
