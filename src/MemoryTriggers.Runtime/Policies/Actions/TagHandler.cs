namespace MemoryTriggers.Policies;

/// <summary>Adds a tag to a stored memory, or takes it off. The tags of the captured one are changed when the rule matches.</summary>
internal sealed class TagHandler(IMemoryBackend backend, TimeProvider time, bool isAdded) : IPolicyActionHandler
{
    public string Type => isAdded ? PolicyActionTypes.AddTag : PolicyActionTypes.RemoveTag;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        if (ActionParameters.Text(call.Parameters, "tag") is not { Length: > 0 } tag)
            throw new PolicyActionException("the tag is empty", isPermanent: true);
        var stored = await TargetMemory.GetAsync(backend, call, entry, cancellationToken).ConfigureAwait(false);
        return [await TargetMemory.ChangeAsync(
            backend, stored, current => isAdded ? EntryTags.Add(current, tag) : EntryTags.Remove(current, tag), call, time,
            cancellationToken).ConfigureAwait(false)];
    }
}
