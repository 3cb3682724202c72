using MemoryTriggers.Journal;

namespace MemoryTriggers.Delivery;

/// <summary>Who waits until what is in the journal now has left it. Thread-safe.</summary>
internal sealed class FlushWaiters(CaptureJournal journal)
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];

    public Task Add()
    {
        var waiter = new Waiter(journal.Tails());
        lock (_gate) _waiters.Add(waiter);
        return waiter.Reached.Task;
    }

    public void Release()
    {
        lock (_gate)
        {
            if (_waiters.Count == 0) return;
            _waiters.RemoveAll(waiter =>
            {
                for (var lane = 0; lane < waiter.Targets.Count; lane++)
                {
                    if (!journal.IsDone((TriggerPriority)lane, waiter.Targets[lane])) return false;
                }

                waiter.Reached.TrySetResult();
                return true;
            });
        }
    }

    private sealed record Waiter(IReadOnlyList<JournalPosition> Targets)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
