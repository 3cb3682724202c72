namespace MemoryTriggers.Policies;

/// <summary>Finds the stored memory that an action is about.</summary>
internal static class TargetMemory
{
    public static Guid Id(PolicyActionCall call) =>
        ActionParameters.Text(call.Parameters, "memory_id") is not { } text ? throw new PolicyActionException("the parameter 'memory_id' is missing", isPermanent: true)
        : Guid.TryParse(text, out var id) ? id
        : throw new PolicyActionException("'memory_id' is not an id", isPermanent: true);

    // It may be stored a moment later: worth another try.
    public static async ValueTask<MemoryEntry> GetAsync(IMemoryBackend backend, PolicyActionCall call, CancellationToken cancellationToken) =>
        await backend.GetAsync(Id(call), cancellationToken).ConfigureAwait(false)
            ?? throw new PolicyActionException("there is no memory with that id", isPermanent: false);
}
