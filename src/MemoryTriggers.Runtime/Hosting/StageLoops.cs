namespace MemoryTriggers.Hosting;

/// <summary>What a stage runs in the background between start and stop.</summary>
internal sealed class StageLoops(TimeProvider time)
{
    /// <summary>How long something that ignores its token is waited for at the stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<Task> _loops = [];

    /// <summary>Whether the work goes on, or has not begun.</summary>
    public bool IsAlive => _finish.IsCancellationRequested || !_loops.Exists(static loop => loop.IsFaulted);

    /// <summary>Whether nothing runs.</summary>
    public bool HaveEnded => _loops.TrueForAll(static loop => loop.IsCompleted);

    /// <summary>
    /// Starts a loop on the thread pool, in a flow of its own: nothing of the caller's flow is kept alive, and the caller is not kept
    /// waiting.
    /// </summary>
    /// <param name="loop">Begins nothing new when the first token is cancelled, and ends at once when the second one is.</param>
    public Task Run(Func<CancellationToken, CancellationToken, Task> loop)
    {
        using var none = ExecutionContext.SuppressFlow();
        var running = Task.Run(() => loop(_finish.Token, _abort.Token), CancellationToken.None);
        _loops.Add(running);
        return running;
    }

    /// <inheritdoc cref="Run(Func{CancellationToken, CancellationToken, Task})"/>
    public Task Run(Func<CancellationToken, Task> loop) => Run((finish, _) => loop(finish));

    /// <summary>Waits for the loops until the deadline; then ends what still runs.</summary>
    public async Task EndAsync(CancellationToken deadline)
    {
        await _finish.CancelAsync().ConfigureAwait(false);
        var running = Task.WhenAll(_loops);
        await running.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _abort.CancelAsync().ConfigureAwait(false);
        // A backend that ignores its token must not keep the program from ending: it gets a moment, then it is left behind.
        await running.WaitAsync(Grace, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
