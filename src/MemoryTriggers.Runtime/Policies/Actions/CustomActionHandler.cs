namespace MemoryTriggers.Policies;

/// <summary>An action of the program's own.</summary>
internal sealed class CustomActionHandler(IPolicyAction action) : IPolicyActionHandler
{
    public string Type => action.Type;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        await action.ExecuteAsync(call, entry, cancellationToken).ConfigureAwait(false);
        return [];
    }
}
