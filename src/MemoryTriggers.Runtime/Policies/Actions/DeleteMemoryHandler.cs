using MemoryTriggers.Memories;

namespace MemoryTriggers.Policies;

/// <summary>
/// Removes a stored memory with its earlier versions. One that is gone already, or is of another project or user, is no failure.
/// </summary>
internal sealed class DeleteMemoryHandler(IMemoryBackend backend, TimeProvider time) : IPolicyActionHandler
{
    private readonly MemoryHistory _history = new(backend, time);

    public string Type => PolicyActionTypes.DeleteMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        await _history.DeleteAsync(TargetMemory.Id(call), TargetMemory.Scope(entry), cancellationToken).ConfigureAwait(false);
        return [];
    }
}
