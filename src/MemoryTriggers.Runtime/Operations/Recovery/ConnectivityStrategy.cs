namespace MemoryTriggers.Operations;

/// <summary>Third: opens the store, if it never was, and reads from it, past the circuit and the cache.</summary>
internal sealed class ConnectivityStrategy(IMemoryBackend store) : IRecoveryStrategy
{
    public string Name => "connectivity";

    public async ValueTask<string> TryAsync(CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken).ConfigureAwait(false);
        await store.GetAsync(Guid.Empty, cancellationToken).ConfigureAwait(false);
        return "it is open, and answered a read";
    }
}
