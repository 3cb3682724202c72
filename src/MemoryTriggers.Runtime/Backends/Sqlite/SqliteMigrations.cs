namespace MemoryTriggers.Backends.Sqlite;

/// <summary>All steps of the schema, in order. A released step never changes; a change is a new step.</summary>
internal static class SqliteMigrations
{
    public static IReadOnlyList<SqliteMigration> All { get; } =
    [
        new(1, "Memories and their tags", Memories),
        new(2, "Full-text index", FullText),
        new(3, "Indexes for recall by entity and by flow", FlowIndexes),
        new(4, "Sessions, versions and repeats", Versions),
        new(5, "Index of scripts without spaces", Unspaced),
        new(6, "Users", Users),
        new(7, "Words of deleted memories leave the full-text index", SecureDelete),
    ];

    // Tags are stored twice: as JSON in their order for reading back, and as rows for filtering by index.
    private const string Memories = """
        CREATE TABLE memory (
            seq INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            project TEXT NOT NULL,
            category TEXT NOT NULL,
            key TEXT NOT NULL,
            content TEXT NOT NULL,
            value TEXT NOT NULL,
            tags TEXT NOT NULL,
            entity_type TEXT,
            entity_id TEXT,
            source TEXT NOT NULL,
            trigger_type TEXT,
            priority TEXT NOT NULL,
            outcome TEXT NOT NULL,
            duration INTEGER NOT NULL,
            quality_score REAL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            expires_at INTEGER,
            trace_id TEXT,
            span_id TEXT,
            parent_id BLOB,
            superseded_by BLOB,
            module TEXT NOT NULL,
            task_id TEXT NOT NULL,
            made_by TEXT,
            made_at INTEGER,
            changed_by TEXT,
            changed_at INTEGER
        );
        CREATE TABLE memory_tag (
            tag TEXT NOT NULL,
            entry INTEGER NOT NULL REFERENCES memory (seq),
            PRIMARY KEY (tag, entry)
        ) WITHOUT ROWID;
        CREATE INDEX memory_project ON memory (project, created_at);
        CREATE INDEX memory_created ON memory (created_at);
        CREATE INDEX memory_key ON memory (key, created_at);
        """;

    // An external-content index needs the old words when they are removed: 'delete' with the values that were indexed.
    // Triggers do it for every statement that touches a memory, also those of other programs.
    private const string FullText = """
        CREATE VIRTUAL TABLE memory_text USING fts5 (
            content, key, tags,
            content='memory', content_rowid='seq', tokenize='porter unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER memory_inserted AFTER INSERT ON memory BEGIN
            INSERT INTO memory_text (rowid, content, key, tags) VALUES (new.seq, new.content, new.key, new.tags);
        END;
        CREATE TRIGGER memory_deleted AFTER DELETE ON memory BEGIN
            INSERT INTO memory_text (memory_text, rowid, content, key, tags)
            VALUES ('delete', old.seq, old.content, old.key, old.tags);
        END;
        CREATE TRIGGER memory_updated AFTER UPDATE OF content, key, tags ON memory BEGIN
            INSERT INTO memory_text (memory_text, rowid, content, key, tags)
            VALUES ('delete', old.seq, old.content, old.key, old.tags);
            INSERT INTO memory_text (rowid, content, key, tags) VALUES (new.seq, new.content, new.key, new.tags);
        END;
        INSERT INTO memory_text (memory_text) VALUES ('rebuild');
        """;

    private const string FlowIndexes = """
        CREATE INDEX memory_entity ON memory (entity_id, entity_type) WHERE entity_id IS NOT NULL;
        CREATE INDEX memory_trace ON memory (trace_id) WHERE trace_id IS NOT NULL;
        CREATE INDEX memory_parent ON memory (parent_id) WHERE parent_id IS NOT NULL;
        """;

    // The full-text index is touched only when its words change: a repeat that is counted leaves them as they are.
    private const string Versions = """
        ALTER TABLE memory ADD COLUMN session_id TEXT;
        ALTER TABLE memory ADD COLUMN superseded_at INTEGER;
        ALTER TABLE memory ADD COLUMN occurrences INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE memory ADD COLUMN last_seen_at INTEGER;
        ALTER TABLE memory ADD COLUMN similar_to BLOB;
        CREATE INDEX memory_session ON memory (session_id) WHERE session_id IS NOT NULL;
        CREATE INDEX memory_superseded ON memory (superseded_by) WHERE superseded_by IS NOT NULL;
        CREATE INDEX memory_expiry ON memory (expires_at) WHERE expires_at IS NOT NULL;
        DROP TRIGGER memory_updated;
        CREATE TRIGGER memory_updated AFTER UPDATE OF content, key, tags ON memory
        WHEN old.content IS NOT new.content OR old.key IS NOT new.key OR old.tags IS NOT new.tags BEGIN
            INSERT INTO memory_text (memory_text, rowid, content, key, tags)
            VALUES ('delete', old.seq, old.content, old.key, old.tags);
            INSERT INTO memory_text (rowid, content, key, tags) VALUES (new.seq, new.content, new.key, new.tags);
        END;
        """;

    // Any character of a script that is written without spaces, as TextTokenizer.IsUnspaced has them.
    private const string UnspacedScript =
        "*[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]*";

    // The lengths first: a text of plain letters has as many bytes as characters, and that is much cheaper to see.
    private const string NewIsUnspaced =
        "length(CAST(new.content AS BLOB)) + length(CAST(new.key AS BLOB)) + length(CAST(new.tags AS BLOB)) <> length(new.content) + " +
            "length(new.key) + length(new.tags) "
        + $"AND (new.content || new.key || new.tags) GLOB '{UnspacedScript}'";

    private const string OldIsUnspaced =
        "length(CAST(old.content AS BLOB)) + length(CAST(old.key AS BLOB)) + length(CAST(old.tags AS BLOB)) <> length(old.content) + " +
            "length(old.key) + length(old.tags) "
        + $"AND (old.content || old.key || old.tags) GLOB '{UnspacedScript}'";

    // Every three characters in a row, of such memories only: the others cost a check of their lengths. The two spaces at the end give the
    // last characters a row of three, too. What an update takes out goes before what it puts in: the order of two triggers of one kind is
    // not defined.
    private const string Unspaced = $"""
        CREATE VIRTUAL TABLE memory_part USING fts5 (text, content='', tokenize='trigram');
        CREATE TRIGGER memory_part_inserted AFTER INSERT ON memory
        WHEN {NewIsUnspaced} BEGIN
            INSERT INTO memory_part (rowid, text) VALUES (new.seq, new.content || '  ' || new.key || '  ' || new.tags || '  ');
        END;
        CREATE TRIGGER memory_part_deleted AFTER DELETE ON memory
        WHEN {OldIsUnspaced} BEGIN
            INSERT INTO memory_part (memory_part, rowid, text)
            VALUES ('delete', old.seq, old.content || '  ' || old.key || '  ' || old.tags || '  ');
        END;
        CREATE TRIGGER memory_part_changing BEFORE UPDATE OF content, key, tags ON memory
        WHEN {OldIsUnspaced} BEGIN
            INSERT INTO memory_part (memory_part, rowid, text)
            VALUES ('delete', old.seq, old.content || '  ' || old.key || '  ' || old.tags || '  ');
        END;
        CREATE TRIGGER memory_part_changed AFTER UPDATE OF content, key, tags ON memory
        WHEN {NewIsUnspaced} BEGIN
            INSERT INTO memory_part (rowid, text) VALUES (new.seq, new.content || '  ' || new.key || '  ' || new.tags || '  ');
        END;
        INSERT INTO memory_part (rowid, text)
        SELECT seq, content || '  ' || key || '  ' || tags || '  ' FROM memory WHERE (content || key || tags) GLOB '{UnspacedScript}';
        """;

    // Without it the index only notes that a word is gone, until its parts are merged. What was deleted before goes with the merge here.
    private const string SecureDelete = """
        INSERT INTO memory_text (memory_text, rank) VALUES ('secure-delete', 1);
        INSERT INTO memory_part (memory_part, rank) VALUES ('secure-delete', 1);
        INSERT INTO memory_text (memory_text) VALUES ('optimize');
        INSERT INTO memory_part (memory_part) VALUES ('optimize');
        """;

    // The user of what triggers captured before is in the value's context, unless that is encrypted.
    private const string Users = """
        ALTER TABLE memory ADD COLUMN user_id TEXT;
        UPDATE memory SET user_id = json_extract(value, '$.context.user_id')
        WHERE trigger_type IS NOT NULL AND instr(value, '"user_id"') > 0
            AND CASE WHEN json_valid(value) THEN json_type(value, '$.context.user_id') = 'text' ELSE 0 END;
        CREATE INDEX memory_user ON memory (user_id) WHERE user_id IS NOT NULL;
        """;
}
