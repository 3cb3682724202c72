using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Sharing;

namespace MemoryTriggers.Postgres.Schema;

/// <summary>All steps of the schema, in order. A released step never changes; a change is a new step.</summary>
internal static class PostgresMigrations
{
    public static IReadOnlyList<PostgresMigration> All { get; } =
    [
        new(1, "Memories, by month", Memories),
        new(2, "Full-text index", FullText),
        new(3, "Indexes for recall by entity and by flow", FlowIndexes),
        new(4, "Sessions, versions and repeats", Versions),
        new(5, "Queues of work", WorkStatements.Create),
        new(6, "What processes share: circuits and counts", SharingStatements.Create),
        new(7, "Dictionary of words, and parts of scripts without spaces", Words),
        new(8, "What the full-text indexes leave unsorted", GinIndexes.Bound),
        new(9, "Users", Users),
    ];

    // Any character of a script that is written without spaces, as TextTokenizer.IsUnspaced has them.
    private const string Unspaced =
        "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af";

    // Times and durations are ticks of 100 ns, as .NET has them: timestamptz would round to microseconds. Text compares byte by byte, so
    // that an index outlives an update of the system's collations. The value is text, because json would refuse some and jsonb change
    // others.
    private static string Memories(SchemaNames names) => $"""
        CREATE TABLE {names.MemoryTable} (
            id uuid PRIMARY KEY,
            project text COLLATE "C" NOT NULL,
            category text COLLATE "C" NOT NULL,
            key text COLLATE "C" NOT NULL,
            content text COLLATE "C" NOT NULL,
            value text COLLATE "C" NOT NULL,
            tags text[] COLLATE "C" NOT NULL,
            entity_type text COLLATE "C",
            entity_id text COLLATE "C",
            source text COLLATE "C" NOT NULL,
            trigger_type text COLLATE "C",
            priority text COLLATE "C" NOT NULL,
            outcome text COLLATE "C" NOT NULL,
            duration bigint NOT NULL,
            quality_score double precision,
            created_at bigint NOT NULL,
            updated_at bigint NOT NULL,
            expires_at bigint,
            trace_id text COLLATE "C",
            span_id text COLLATE "C",
            parent_id uuid,
            superseded_by uuid,
            module text COLLATE "C" NOT NULL,
            task_id text COLLATE "C" NOT NULL,
            made_by text COLLATE "C",
            made_at bigint,
            changed_by text COLLATE "C",
            changed_at bigint,
            words tsvector NOT NULL
        ) PARTITION BY RANGE (id);
        CREATE TABLE {names.OthersTable} PARTITION OF {names.MemoryTable} DEFAULT;
        CREATE TABLE {names.JobTable} (job text PRIMARY KEY, done_at bigint NOT NULL);
        CREATE INDEX memory_project ON {names.MemoryTable} (project, created_at, id);
        CREATE INDEX memory_created ON {names.MemoryTable} (created_at, id);
        CREATE INDEX memory_key ON {names.MemoryTable} (key, created_at);
        CREATE INDEX memory_tags ON {names.MemoryTable} USING gin (tags);
        """;

    private static string FullText(SchemaNames names) => $"CREATE INDEX memory_words ON {names.MemoryTable} USING gin (words);";

    private static string FlowIndexes(SchemaNames names) => $"""
        CREATE INDEX memory_entity ON {names.MemoryTable} (entity_id, entity_type) WHERE entity_id IS NOT NULL;
        CREATE INDEX memory_trace ON {names.MemoryTable} (trace_id) WHERE trace_id IS NOT NULL;
        CREATE INDEX memory_parent ON {names.MemoryTable} (parent_id) WHERE parent_id IS NOT NULL;
        """;

    private static string Versions(SchemaNames names) => $"""
        ALTER TABLE {names.MemoryTable}
            ADD COLUMN session_id text COLLATE "C",
            ADD COLUMN superseded_at bigint,
            ADD COLUMN occurrences bigint NOT NULL DEFAULT 1,
            ADD COLUMN last_seen_at bigint,
            ADD COLUMN similar_to uuid;
        CREATE INDEX memory_session ON {names.MemoryTable} (session_id) WHERE session_id IS NOT NULL;
        CREATE INDEX memory_superseded ON {names.MemoryTable} (superseded_by) WHERE superseded_by IS NOT NULL;
        CREATE INDEX memory_expiry ON {names.MemoryTable} (expires_at) WHERE expires_at IS NOT NULL;
        """;

    // What UnspacedParts and Spelling.CanBeMeant choose, for the memories that are there already. Typos were looked for in the keys before.
    private static string Words(SchemaNames names) => $"""
        CREATE TABLE {names.WordTable} (word text COLLATE "C" PRIMARY KEY);
        DROP INDEX IF EXISTS {names.Of("memory_key_trigrams")};
        INSERT INTO {names.WordTable}
            SELECT word FROM ts_stat('SELECT words FROM {names.MemoryTable}')
            WHERE char_length(word) BETWEEN 3 AND 42 AND word !~ '[0-9{Unspaced}]';
        WITH run AS (
            SELECT m.id, (regexp_matches(
                lower(m.content || ' ' || m.key || ' ' || array_to_string(m.tags, ' ')), '[0-9a-z{Unspaced}]+', 'g'))[1] AS letters
            FROM {names.MemoryTable} m WHERE m.content || m.key || array_to_string(m.tags, ' ') ~ '[{Unspaced}]'
        ), part AS (
            SELECT id, array_agg(DISTINCT '~' || substr(letters, i, 2)) AS parts
            FROM run, generate_series(1, char_length(letters)) i WHERE letters ~ '[{Unspaced}]' GROUP BY id
        )
        UPDATE {names.MemoryTable} m SET words = m.words || array_to_tsvector(part.parts) FROM part WHERE m.id = part.id;
        """;

    // The user of what triggers captured before is in the value's context, unless that is encrypted. The context is the last of the value,
    // but for a mark. By a pattern: as json, PostgreSQL refuses some values.
    private static string Users(SchemaNames names) => $$"""
        ALTER TABLE {{names.MemoryTable}} ADD COLUMN user_id text COLLATE "C";
        UPDATE {{names.MemoryTable}}
            SET user_id = substring(value FROM '"context":\{[^{}]*"user_id":"([^"\\]+)"[^{}]*\}(?:,"truncated":true)?\}$')
            WHERE trigger_type IS NOT NULL AND value ~ '"context":\{[^{}]*"user_id":"([^"\\]+)"[^{}]*\}(,"truncated":true)?\}$';
        CREATE INDEX memory_user ON {{names.MemoryTable}} (user_id) WHERE user_id IS NOT NULL;
        """;
}
