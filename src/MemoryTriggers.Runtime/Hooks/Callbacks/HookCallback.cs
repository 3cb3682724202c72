namespace MemoryTriggers.Hooks;

/// <summary>One callback of the user's.</summary>
/// <param name="wanted">The types of its events; empty for all.</param>
/// <param name="call">Calls it.</param>
internal sealed class HookCallback(HookType[] wanted, Func<HookEvent, CancellationToken, Task> call)
{
    // Each may hold a thread of the pool for ever.
    private const int MaxLeftBehind = 8;
    private int _failures;
    private int _leftBehind;

    public string Name => wanted is [] ? "all events" : string.Join(", ", wanted.Select(HookTypes.Name));

    /// <summary>Whether so many of its calls were not done in time, and still are not, that another one would only join them.</summary>
    public bool IsStuck => Volatile.Read(ref _leftBehind) >= MaxLeftBehind;

    public bool Wants(HookEvent hook) => wanted is [] || wanted.Contains(hook.Type);

    public Task CallAsync(HookEvent hook, CancellationToken cancellationToken) => call(hook, cancellationToken);

    /// <summary>The call is abandoned: its result is no longer awaited.</summary>
    public void LeaveBehind(Task call)
    {
        Interlocked.Increment(ref _leftBehind);
        call.ContinueWith(_ => Interlocked.Decrement(ref _leftBehind), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Whether this is its first failure: the one that is worth a line.</summary>
    public bool Failed() => Interlocked.Increment(ref _failures) == 1;
}
