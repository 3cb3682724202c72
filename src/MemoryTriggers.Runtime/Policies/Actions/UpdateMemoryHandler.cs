namespace MemoryTriggers.Policies;

/// <summary>Changes a stored memory.</summary>
internal sealed class UpdateMemoryHandler(IMemoryBackend backend, TimeProvider time) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.UpdateMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
    {
        var stored = await TargetMemory.GetAsync(backend, call, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var changed = MemoryChange.Apply(stored, call.Parameters) with
        {
            UpdatedAt = now,
            Provenance = stored.Provenance with { UpdatedBy = $"policy:{call.Rule}", UpdatedAt = now },
        };
        await backend.StoreAsync([changed], cancellationToken).ConfigureAwait(false);
        return [changed];
    }
}
