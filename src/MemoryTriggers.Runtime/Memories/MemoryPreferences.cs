using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemoryTriggers.Memories;

namespace MemoryTriggers;

/// <summary>
/// Preferences: one memory for each project, user and name, which a new value changes. Inside a
/// <see cref="MemoryContext"/> with a user they are this user's; where the user has none of a name, the one of no user answers. Reads see
/// what other processes have written. Thread-safe.
/// </summary>
public sealed class MemoryPreferences
{
    private readonly NamedMemories _named;

    internal MemoryPreferences(NamedMemories named) => _named = named;

    /// <summary>Keeps a preference, replacing the earlier one of that name, which stays in its history.</summary>
    /// <returns>The id of its memory, which depends on project, user and name only.</returns>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public ValueTask<Guid> SetAsync(string name, JsonElement value, CancellationToken cancellationToken = default) =>
        _named.PutAsync(Draft(name) with { Value = value }, cancellationToken);

    /// <summary>Overload for an object of any type, by reflection.</summary>
    /// <inheritdoc cref="SetAsync(string, JsonElement, CancellationToken)"/>
    [RequiresUnreferencedCode(MemoryValue.Reflection)]
    [RequiresDynamicCode(MemoryValue.Reflection)]
    public ValueTask<Guid> SetAsync<T>(string name, T value, CancellationToken cancellationToken = default) =>
        SetAsync(name, MemoryValue.Of(value), cancellationToken);

    /// <summary>Overload for an object whose type has a serializer that was made at compile time.</summary>
    /// <inheritdoc cref="SetAsync(string, JsonElement, CancellationToken)"/>
    public ValueTask<Guid> SetAsync<T>(string name, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SetAsync(name, MemoryValue.Of(value, type), cancellationToken);

    /// <summary>One preference, or <see langword="null"/>.</summary>
    public async ValueTask<JsonElement?> GetAsync(string name, CancellationToken cancellationToken = default) =>
        (await _named.GetAsync(Draft(name), cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>
    /// Overload for an object of any type, by reflection; the default of the type when there is none: ask for <c>int?</c> to tell none from
    /// zero.
    /// </summary>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    [RequiresUnreferencedCode(MemoryValue.Reflection)]
    [RequiresDynamicCode(MemoryValue.Reflection)]
    public async ValueTask<T?> GetAsync<T>(string name, CancellationToken cancellationToken = default) =>
        await GetAsync(name, cancellationToken).ConfigureAwait(false) is { } value ? MemoryValue.As<T>(value) : default;

    /// <summary>Overload for a type whose serializer was made at compile time; the default of the type when there is none.</summary>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    public async ValueTask<T?> GetAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        await GetAsync(name, cancellationToken).ConfigureAwait(false) is { } value ? MemoryValue.As(value, type) : default;

    /// <summary>All preferences by name.</summary>
    public async ValueTask<IReadOnlyDictionary<string, JsonElement>> GetAllAsync(CancellationToken cancellationToken = default) =>
        (await _named.GetAllAsync(Draft("all"), cancellationToken).ConfigureAwait(false))
            .ToDictionary(static entry => entry.Key, static entry => entry.Value);

    /// <summary>Forgets a preference and its history.</summary>
    /// <returns><see langword="false"/> when there was none.</returns>
    public ValueTask<bool> RemoveAsync(string name, CancellationToken cancellationToken = default) =>
        _named.RemoveAsync(Draft(name), cancellationToken);

    private static MemoryDraft Draft(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new()
        {
            Category = "preferences",
            Key = name,
            EntityType = "user_preference",
            Module = "preferences_manager",
        };
    }
}
