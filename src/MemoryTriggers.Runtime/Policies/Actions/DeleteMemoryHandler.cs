namespace MemoryTriggers.Policies;

/// <summary>Removes a stored memory. One that is gone already, or is of another project or user, is no failure.</summary>
internal sealed class DeleteMemoryHandler(IMemoryBackend backend) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.DeleteMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        if (await TargetMemory.FindAsync(backend, call, entry, cancellationToken).ConfigureAwait(false) is { } found)
            await backend.DeleteAsync(found.Id, cancellationToken).ConfigureAwait(false);
        return [];
    }
}
