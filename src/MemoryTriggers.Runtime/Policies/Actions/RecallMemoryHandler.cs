namespace MemoryTriggers.Policies;

/// <summary>Looks memories up, in the project, and as the user, of the one that made the rule match.</summary>
internal sealed class RecallMemoryHandler(IMemoryBackend backend) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.RecallMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        if (ActionParameters.Text(call.Parameters, "query") is not { } question)
        {
            return await TargetMemory.FindAsync(backend, call, entry, cancellationToken).ConfigureAwait(false) is { } one ? [one] : [];
        }

        var limit = (int)Math.Clamp(ActionParameters.Number(call.Parameters, "limit") ?? MemoryQuery.DefaultLimit, 1, MemoryQuery.MaxLimit);
        var hits = await backend.SearchAsync(question, TargetMemory.Scope(entry) with { Limit = limit }, cancellationToken)
            .ConfigureAwait(false);
        return [.. hits.Select(static hit => hit.Entry)];
    }
}
