using System.Text.Json;
using MemoryTriggers.Memories;

namespace MemoryTriggers;

/// <summary>
/// Preferences: one memory for each name, which a new value changes. Inside a <see cref="MemoryContext"/> with a user they are this user's;
/// where the user has none of a name, the one of no user answers. Thread-safe.
/// </summary>
public sealed class MemoryPreferences
{
    private const string Category = "preferences";
    private const string EntityType = "user_preference";
    private const string Module = "preferences_manager";
    private static readonly MemoryQuery All = new() { Category = Category, EntityType = EntityType };
    private readonly MemoryModule _memory;

    internal MemoryPreferences(MemoryModule memory) => _memory = memory;

    /// <summary>Keeps a preference, replacing the earlier one of that name.</summary>
    /// <returns>The id of its memory.</returns>
    public ValueTask<Guid> SetAsync(string name, JsonElement value, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _memory.PutAsync(new MemoryDraft { Category = Category, Key = name, Value = value, EntityType = EntityType,
            Module = Module }, cancellationToken);
    }

    /// <summary>One preference, or <see langword="null"/>.</summary>
    public async ValueTask<JsonElement?> GetAsync(string name, CancellationToken cancellationToken = default) =>
        (await _memory.FindOwnAsync(name, All, cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>All preferences by name.</summary>
    public async ValueTask<IReadOnlyDictionary<string, JsonElement>> GetAllAsync(CancellationToken cancellationToken = default)
    {
        var preferences = new Dictionary<string, JsonElement>();
        // The user's own first, and the newest first: of two with one name, which two processes may have made at once, the newer counts.
        foreach (var query in (MemoryQuery[])[OwnMemories.OfContext(All), All])
            await foreach (var entry in _memory.ReadAllAsync(query, cancellationToken).ConfigureAwait(false))
                preferences.TryAdd(entry.Key, entry.Value);
        return preferences;
    }

    /// <summary>Forgets a preference and its history.</summary>
    /// <returns><see langword="false"/> when there was none.</returns>
    public async ValueTask<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        var known = await _memory.GetByKeyAsync(name, OwnMemories.OfContext(All), cancellationToken).ConfigureAwait(false);
        return known is not null && await _memory.DeleteAsync(known.Id, cancellationToken).ConfigureAwait(false);
    }
}
