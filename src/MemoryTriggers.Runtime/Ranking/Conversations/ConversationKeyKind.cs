namespace MemoryTriggers.Ranking.Conversations;

/// <summary>What tells which conversation a line belongs to; the first one that a line has counts.</summary>
internal enum ConversationKeyKind
{
    Session,
    Entity,
    Trace,
}
