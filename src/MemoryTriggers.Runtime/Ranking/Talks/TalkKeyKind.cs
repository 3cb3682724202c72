namespace MemoryTriggers.Ranking.Talks;

/// <summary>What tells which talk a line belongs to; the first one that a line has counts.</summary>
internal enum TalkKeyKind
{
    Session,
    Entity,
    Trace,
}
