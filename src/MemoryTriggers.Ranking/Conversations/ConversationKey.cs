namespace MemoryTriggers.Ranking.Conversations;

/// <summary>
/// The key of the conversation of a line, the first of these that it has: its session, its entity, its flow. It keeps conversations at
/// the same time apart.
/// </summary>
/// <param name="Kind">Which of them it is.</param>
/// <param name="Id">Its value.</param>
/// <param name="Type">The type of the entity.</param>
internal readonly record struct ConversationKey(ConversationKeyKind Kind, string Id, string? Type = null)
{
    /// <returns><see langword="null"/> when the line has none.</returns>
    public static ConversationKey? Of(string? session, string? entityType, string? entityId, string? trace) =>
        (session, entityId, trace) switch
        {
            ({ Length: > 0 }, _, _) => new ConversationKey(ConversationKeyKind.Session, session),
            (_, { Length: > 0 }, _) => new ConversationKey(ConversationKeyKind.Entity, entityId, entityType),
            (_, _, { Length: > 0 }) => new ConversationKey(ConversationKeyKind.Trace, trace),
            _ => null,
        };

    public static ConversationKey? Of(MemoryEntry entry) => Of(entry.Provenance.SessionId, entry.EntityType, entry.EntityId, entry.TraceId);
}
