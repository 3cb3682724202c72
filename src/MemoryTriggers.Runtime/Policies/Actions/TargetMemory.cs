using MemoryTriggers.Memories;
using MemoryTriggers.Recall;

namespace MemoryTriggers.Policies;

/// <summary>Finds the stored memory that an action is about.</summary>
internal static class TargetMemory
{
    public static Guid Id(PolicyActionCall call) =>
        ActionParameters.Text(call.Parameters, "memory_id") is not { } text
            ? throw new PolicyActionException("the parameter 'memory_id' is missing", isPermanent: true)
        : Guid.TryParse(text, out var id) ? id
        : throw new PolicyActionException("'memory_id' is not an id", isPermanent: true);

    /// <summary>What an action on behalf of a memory sees: the memory's project, and what its user sees.</summary>
    public static MemoryQuery Scope(MemoryEntry entry) => new() { Project = entry.Project, VisibleTo = entry.Provenance.UserId };

    /// <summary>The memory, or <see langword="null"/> when it is not there, or of another project or user.</summary>
    public static async ValueTask<MemoryEntry?> FindAsync(IMemoryBackend backend, PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken) =>
        await backend.GetAsync(Id(call), cancellationToken).ConfigureAwait(false) is { } found
            && MemoryRecallScope.Sees(Scope(entry), found)
            ? found
            : null;

    // It may be stored a moment later: worth another try.
    public static async ValueTask<MemoryEntry> GetAsync(IMemoryBackend backend, PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken) =>
        await FindAsync(backend, call, entry, cancellationToken).ConfigureAwait(false)
            ?? throw new PolicyActionException("there is no memory with that id", isPermanent: false);

    /// <summary>Changes it, and keeps the earlier version.</summary>
    public static async ValueTask<MemoryEntry> ChangeAsync(
        IMemoryBackend backend, MemoryEntry stored, Func<MemoryEntry, MemoryEntry> change, PolicyActionCall call, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var changed = stored;
        await backend.ChangeAsync(
            stored.Id,
            current =>
            {
                if (current is null) return [];
                var made = change(current);
                if (made == current) return [];
                var versions = MemoryVersions.Change(current, _ => made, $"policy:{call.Rule}", time.GetUtcNow());
                changed = versions[^1];
                return versions;
            },
            cancellationToken).ConfigureAwait(false);
        return changed;
    }
}
