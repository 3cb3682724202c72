namespace MemoryTriggers.Policies;

/// <summary>Changes a stored memory; what it was before stays in its history.</summary>
internal sealed class UpdateMemoryHandler(IMemoryBackend backend, TimeProvider time) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.UpdateMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        var stored = await TargetMemory.GetAsync(backend, call, entry, cancellationToken).ConfigureAwait(false);
        return [await TargetMemory.ChangeAsync(backend, stored, current => MemoryChange.Apply(current, call.Parameters), call, time,
            cancellationToken).ConfigureAwait(false)];
    }
}
