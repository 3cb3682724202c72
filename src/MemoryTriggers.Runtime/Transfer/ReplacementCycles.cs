namespace MemoryTriggers.Transfer;

/// <summary>
/// Memories that replace each other in a circle would all be hidden. None is made; those that an earlier version of this library has left
/// are opened again.
/// </summary>
internal static class ReplacementCycles
{
    /// <summary>Whether a memory is replaced by another, directly or through others; every memory leads to itself.</summary>
    public static async ValueTask<bool> LeadsToAsync(IMemoryBackend backend, Guid from, Guid to, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Guid>();
        for (Guid? next = from; next is { } id && seen.Add(id);)
        {
            if (id == to) return true;
            next = (await backend.GetAsync(id, cancellationToken).ConfigureAwait(false))?.SupersededBy;
        }

        return false;
    }

    /// <summary>
    /// Opens the circle that a memory leads to, if it leads to one: what was replaced last is current again, so the earlier decisions stay.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public static async ValueTask<bool> BreakAsync(IMemoryBackend backend, Guid from, CancellationToken cancellationToken)
    {
        var path = new List<MemoryEntry>();
        var places = new Dictionary<Guid, int>();
        for (Guid? next = from; next is { } id;)
        {
            if (places.TryGetValue(id, out var start))
            {
                var last = path.Skip(start).OrderBy(static entry => entry.SupersededAt).ThenBy(static entry => entry.Id).Last();
                await backend.ChangeAsync(last.Id, current => current?.SupersededBy == last.SupersededBy
                    ? [current! with { SupersededBy = null, SupersededAt = null }]
                    : [], cancellationToken).ConfigureAwait(false);
                return true;
            }

            places[id] = path.Count;
            if (await backend.GetAsync(id, cancellationToken).ConfigureAwait(false) is not { } entry) return false;
            path.Add(entry);
            next = entry.SupersededBy;
        }

        return false;
    }

    /// <summary>Opens all circles of a store; reads all its memories.</summary>
    /// <returns>How many.</returns>
    public static async ValueTask<long> BreakAllAsync(IMemoryBackend backend, CancellationToken cancellationToken)
    {
        var successors = new Dictionary<Guid, Guid>();
        await foreach (var entry in backend.ReadAllAsync(new() { AllProjects = true }, cancellationToken).ConfigureAwait(false))
            if (entry.SupersededBy is { } successor) successors[entry.Id] = successor;

        var broken = 0L;
        var known = new HashSet<Guid>();
        foreach (var start in successors.Keys)
        {
            var path = new HashSet<Guid>();
            var at = start;
            while (!known.Contains(at) && path.Add(at) && successors.TryGetValue(at, out var next)) at = next;
            // It came back to its own path, and not to one that is known.
            if (!known.Contains(at) && successors.ContainsKey(at)
                && await BreakAsync(backend, at, cancellationToken).ConfigureAwait(false)) broken++;
            known.UnionWith(path);
        }

        return broken;
    }
}
