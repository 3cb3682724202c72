namespace MemoryTriggers.Hooks;

/// <summary>One callback of the user's.</summary>
internal sealed class HookCallback(Type wanted, Func<HookEvent, CancellationToken, Task> call)
{
    private int _failures;

    public string Name => wanted.Name;

    public bool Wants(HookEvent hook) => wanted.IsInstanceOfType(hook);

    public Task CallAsync(HookEvent hook, CancellationToken cancellationToken) => call(hook, cancellationToken);

    /// <summary>Whether this is its first failure: the one that is worth a line.</summary>
    public bool Failed() => Interlocked.Increment(ref _failures) == 1;
}
