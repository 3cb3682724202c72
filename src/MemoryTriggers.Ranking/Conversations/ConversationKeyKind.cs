namespace MemoryTriggers.Ranking.Conversations;

/// <summary>What is the key of a conversation; the first one that a line has counts.</summary>
internal enum ConversationKeyKind
{
    Session,
    Entity,
    Trace,
}
