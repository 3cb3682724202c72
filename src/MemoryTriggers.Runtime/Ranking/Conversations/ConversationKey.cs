namespace MemoryTriggers.Ranking.Conversations;

/// <summary>
/// Which conversation a line belongs to, by the first of these that it has: its session, what it is about, the flow in which it was made. Lines of conversations that go on at the
/// same time are told apart by it.
/// </summary>
/// <param name="Kind">What tells it.</param>
/// <param name="Id">Which one.</param>
/// <param name="Type">The type of the entity.</param>
internal readonly record struct ConversationKey(ConversationKeyKind Kind, string Id, string? Type = null)
{
    /// <returns><see langword="null"/> when nothing tells it.</returns>
    public static ConversationKey? Of(string? session, string? entityType, string? entityId, string? trace) => (session, entityId, trace) switch
    {
        ({ Length: > 0 }, _, _) => new ConversationKey(ConversationKeyKind.Session, session),
        (_, { Length: > 0 }, _) => new ConversationKey(ConversationKeyKind.Entity, entityId, entityType),
        (_, _, { Length: > 0 }) => new ConversationKey(ConversationKeyKind.Trace, trace),
        _ => null,
    };

    public static ConversationKey? Of(MemoryEntry entry) => Of(entry.Provenance.SessionId, entry.EntityType, entry.EntityId, entry.TraceId);
}
