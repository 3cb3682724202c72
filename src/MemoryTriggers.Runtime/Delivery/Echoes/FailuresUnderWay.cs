namespace MemoryTriggers.Delivery.Echoes;

/// <summary>The memories of failures that deliveries are storing, and those that they stored last. Thread-safe.</summary>
internal sealed class FailuresUnderWay(TimeProvider time)
{
    private const int MostKnown = 10_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, TaskCompletionSource> _underWay = [];
    private readonly HashSet<Guid> _stored = [];
    private readonly Queue<Guid> _oldest = [];

    public void Begin(IEnumerable<Guid> failures)
    {
        lock (_gate)
        {
            foreach (var id in failures)
                _underWay.TryAdd(id, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    public void Stored(IEnumerable<Guid> failures)
    {
        lock (_gate)
        {
            foreach (var id in failures)
            {
                if (!_stored.Add(id)) continue;
                _oldest.Enqueue(id);
                if (_oldest.Count > MostKnown) _stored.Remove(_oldest.Dequeue());
            }
        }
    }

    /// <summary>The delivery of these is over, stored or not.</summary>
    public void End(IEnumerable<Guid> failures)
    {
        lock (_gate)
        {
            foreach (var id in failures)
                if (_underWay.Remove(id, out var done)) done.TrySetResult();
        }
    }

    /// <summary>Waits while another delivery is storing this one, within a bound.</summary>
    /// <returns>Whether it was stored by this process.</returns>
    public async ValueTask<bool> WaitAsync(Guid failure, CancellationToken cancellationToken)
    {
        Task? done;
        lock (_gate) done = _underWay.GetValueOrDefault(failure)?.Task;
        if (done is not null)
        {
            var over = done.WaitAsync(LongestWait, time, cancellationToken);
            await over.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        lock (_gate) return _stored.Contains(failure);
    }
}
