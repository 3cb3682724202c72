namespace MemoryTriggers.Policies;

/// <summary>Removes a stored memory. One that is gone already is no failure.</summary>
internal sealed class DeleteMemoryHandler(IMemoryBackend backend) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.DeleteMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        await backend.DeleteAsync(TargetMemory.Id(call), cancellationToken).ConfigureAwait(false);
        return [];
    }
}
