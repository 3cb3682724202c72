namespace MemoryTriggers.Delivery.Echoes;

/// <summary>The memories of failures that deliveries are storing, and those that they stored last. Thread-safe.</summary>
internal sealed class FailuresUnderWay(TimeProvider time)
{
    private const int MostKnown = 10_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, UnderWay> _underWay = [];
    private readonly HashSet<Guid> _stored = [];
    private readonly Queue<Guid> _oldest = [];
    private long _deliveries;

    /// <summary>A delivery of these begins. <see cref="End"/> must follow.</summary>
    /// <returns>Its number.</returns>
    public long Begin(IEnumerable<Guid> failures)
    {
        lock (_gate)
        {
            var delivery = ++_deliveries;
            foreach (var id in failures)
                _underWay.TryAdd(id, new(delivery, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
            return delivery;
        }
    }

    /// <summary>These are memories now, whatever becomes of the rest of their delivery.</summary>
    public void Stored(IEnumerable<Guid> failures)
    {
        lock (_gate)
        {
            foreach (var id in failures)
            {
                if (_underWay.TryGetValue(id, out var underWay)) underWay.Done.TrySetResult();
                if (!_stored.Add(id)) continue;
                _oldest.Enqueue(id);
                if (_oldest.Count > MostKnown) _stored.Remove(_oldest.Dequeue());
            }
        }
    }

    /// <summary>A delivery of these is over, stored or not.</summary>
    public void End(long delivery, IEnumerable<Guid> failures)
    {
        lock (_gate)
        {
            foreach (var id in failures)
            {
                if (!_underWay.TryGetValue(id, out var underWay) || underWay.Delivery != delivery) continue;
                _underWay.Remove(id);
                underWay.Done.TrySetResult();
            }
        }
    }

    /// <summary>
    /// Waits while deliveries that began before this one are storing these, for thirty seconds at most. Since none waits for a later one,
    /// no two wait for each other.
    /// </summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task WaitAsync(long delivery, IEnumerable<Guid> failures, CancellationToken cancellationToken)
    {
        List<Task> earlier = [];
        lock (_gate)
        {
            foreach (var id in failures)
                if (Earlier(delivery, id) is { } underWay) earlier.Add(underWay.Done.Task);
        }

        if (earlier.Count == 0) return;
        var over = Task.WhenAll(earlier).WaitAsync(LongestWait, time, cancellationToken);
        await over.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Whether a delivery that began before this one has it, and has not stored it yet.</summary>
    public bool IsUnderWay(long delivery, Guid failure)
    {
        lock (_gate) return Earlier(delivery, failure) is not null;
    }

    /// <summary>Whether this process has stored it, as far as that is known.</summary>
    public bool IsStored(Guid failure)
    {
        lock (_gate) return _stored.Contains(failure);
    }

    private UnderWay? Earlier(long delivery, Guid failure) =>
        _underWay.TryGetValue(failure, out var underWay) && underWay.Delivery < delivery && !underWay.Done.Task.IsCompleted
            ? underWay
            : null;

    private sealed record UnderWay(long Delivery, TaskCompletionSource Done);
}
