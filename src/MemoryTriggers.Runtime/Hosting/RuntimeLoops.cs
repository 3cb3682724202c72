using MemoryTriggers.Operations;
using MemoryTriggers.Retention;

namespace MemoryTriggers.Hosting;

/// <summary>
/// What runs in the background between start and stop. The loops end when the program stops; the actions of policies end after them,
/// because the last records still decide on some.
/// </summary>
internal sealed class RuntimeLoops(TimeProvider time)
{
    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _abort = new();
    private Task[] _parts = [];
    private Task _running = Task.CompletedTask;
    private Task _acting = Task.CompletedTask;

    /// <summary>Whether the background work goes on, or has not begun.</summary>
    public bool IsAlive => _finish.IsCancellationRequested || !Array.Exists(_parts, static part => part.IsFaulted);

    /// <summary>Ends when what ended processes left is stored, or cannot be for now.</summary>
    public Task Adopting { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Starts them on the thread pool, in a flow of their own: nothing of the caller's flow is kept alive, and the caller is not kept
    /// waiting.
    /// </summary>
    public void Start(DeliveryStage delivery, RetentionLoop retention, PolicyStage policies, MemoryOperations operations)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _parts =
            [
                Run(finish => delivery.Pump.RunAsync(finish, _abort.Token)),
                Adopting = Run(delivery.Adoption.RunAsync),
                Run(delivery.Held.RunAsync),
                Run(retention.RunAsync),
                Run(policies.RememberAsync),
                Run(operations.RunAsync),
            ];
            _running = Task.WhenAll(_parts);
            _acting = Task.Run(() => policies.ActAsync(_abort.Token), CancellationToken.None);
            _parts = [.. _parts, _acting];
        }
    }

    /// <summary>No loop begins anything new.</summary>
    public Task FinishAsync() => _finish.CancelAsync();

    /// <summary>Waits for the loops, then for the actions, until it is cancelled; then ends what is still running.</summary>
    /// <returns>Whether all have ended.</returns>
    public async Task<bool> EndAsync(PolicyStage policies, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        policies.Complete();
        await _acting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _abort.CancelAsync().ConfigureAwait(false);
        // A backend that ignores its token must not keep the program from ending: it gets a moment, then it is left behind.
        var ended = Task.WhenAll(_running, _acting).WaitAsync(TimeSpan.FromSeconds(1), time, CancellationToken.None);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ended.IsCompletedSuccessfully;
    }

    private Task Run(Func<CancellationToken, Task> loop) => Task.Run(() => loop(_finish.Token), CancellationToken.None);
}
