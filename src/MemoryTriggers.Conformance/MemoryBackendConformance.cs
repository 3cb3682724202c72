namespace MemoryTriggers.Conformance;

/// <summary>
/// What every backend must do. Derive a class, say how to make an empty store in <see cref="Create"/>, and each of these tests runs against
/// a store of its own. For one that searches by words, derive <see cref="MemorySearchConformance"/> instead. docs/writing-a-backend.md has
/// an example.
/// </summary>
public abstract partial class MemoryBackendConformance : IAsyncLifetime
{
    /// <summary>The store under test, opened.</summary>
    protected IMemoryBackend Backend { get; set; } = null!;

    /// <summary>
    /// Whether what is stored is still there when the store is disposed of and <see cref="Create"/> is called again.
    /// <value><see langword="false"/></value>
    /// </summary>
    protected virtual bool IsPersistent => false;

    /// <summary>How many memories the test with many of them stores. <value>10,000</value></summary>
    protected virtual int Many => 10_000;

    /// <summary>The token of the running test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A query for everything.</summary>
    protected static MemoryQuery All { get; } = new() { AllProjects = true, Limit = MemoryQuery.MaxLimit };

    /// <summary>
    /// Makes the store: an empty one the first time, and later in the same test, when it is persistent, the same one again.
    /// </summary>
    protected abstract IMemoryBackend Create();

    /// <summary>Opens the store. A class that overrides it calls it.</summary>
    public virtual async ValueTask InitializeAsync()
    {
        Backend = Create();
        await Backend.InitializeAsync(Token);
    }

    /// <summary>Disposes of the store. A class that overrides it calls it, and then removes what the store has left.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
