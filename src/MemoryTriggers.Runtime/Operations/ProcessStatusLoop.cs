namespace MemoryTriggers.Operations;

/// <summary>Writes the status of the process at each interval, and whenever a circuit changes.</summary>
/// <param name="file">Where to.</param>
/// <param name="operations">Knows it.</param>
/// <param name="interval">The interval; read again each time.</param>
/// <param name="time">The clock.</param>
internal sealed class ProcessStatusLoop(ProcessStatusFile file, MemoryOperations operations, Func<TimeSpan> interval, TimeProvider time)
{
    private TaskCompletionSource _changed = New();

    /// <summary>A circuit has changed. Neither waits nor throws.</summary>
    public void Changed() => Volatile.Read(ref _changed).TrySetResult();

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = New();
            Volatile.Write(ref _changed, changed);
            file.Write(ProcessStatusJson.ToNode(operations.Metrics()));
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed.Task, Task.Delay(interval(), time, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
        }

        file.Remove();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
