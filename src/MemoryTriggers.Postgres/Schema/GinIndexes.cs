using MemoryTriggers.Postgres.Connections;

namespace MemoryTriggers.Postgres.Schema;

/// <summary>
/// How much the GIN indexes may leave unsorted. What is written goes into a list first, which every look into the index reads from end to
/// end, until it is sorted in; by default that is at 4 MB, so that searches are slow after many writes. A partition does not take the
/// setting over from its parent before PostgreSQL 16: each index has its own.
/// </summary>
internal static class GinIndexes
{
    /// <summary>
    /// In KB, about what one batch of 500 memories leaves. Less made writing dearer and searches no quicker (docs/performance.md).
    /// </summary>
    public const string Setting = "gin_pending_list_limit = 256";

    /// <summary>Bounds every pending list of the schema that has no setting of its own, and empties it. Needs to own the indexes.</summary>
    public static string Bound(SchemaNames names) => $"""
        DO $$ DECLARE unbounded regclass; BEGIN
            FOR unbounded IN
                SELECT c.oid FROM pg_class c JOIN pg_am a ON a.oid = c.relam
                WHERE c.relnamespace = '"{names.Schema}"'::regnamespace AND c.relkind = 'i' AND a.amname = 'gin'
                    AND NOT EXISTS (SELECT 1 FROM unnest(c.reloptions) o WHERE o LIKE 'fastupdate=%' OR o LIKE 'gin_pending_list_limit=%')
            LOOP
                EXECUTE format('ALTER INDEX %s SET ({Setting})', unbounded);
                PERFORM gin_clean_pending_list(unbounded);
            END LOOP;
        END $$;
        """;
}
