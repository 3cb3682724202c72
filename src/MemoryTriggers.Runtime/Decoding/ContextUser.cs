using System.Text.Json;

namespace MemoryTriggers.Decoding;

/// <summary>
/// The user of a memory that was captured before users had a field of their own: it is in the value's context, unless that is encrypted.
/// </summary>
internal static class ContextUser
{
    /// <summary>The memory with its user.</summary>
    public static MemoryEntry Fill(MemoryEntry entry) =>
        entry is { TriggerType: not null, Provenance.UserId: null } && Of(entry.Value) is { Length: > 0 } user
            ? entry with { Provenance = entry.Provenance with { UserId = user } }
            : entry;

    private static string? Of(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("context", out var context)
            && context.ValueKind == JsonValueKind.Object && context.TryGetProperty("user_id", out var user)
            && user.ValueKind == JsonValueKind.String
            ? user.GetString()
            : null;
}
