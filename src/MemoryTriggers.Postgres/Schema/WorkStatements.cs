using MemoryTriggers.Postgres.Connections;

namespace MemoryTriggers.Postgres.Schema;

/// <summary>
/// The statements of the queue. All times are the server's, so that clocks of different machines need not agree. <c>due_at</c> is when a
/// worker may take it: for what is leased, when the lease ends. A lease is a random number: only who knows it can end it.
/// </summary>
internal sealed class WorkStatements(SchemaNames names)
{
    private readonly string _table = names.Of(Table);

    public const string Table = "work_item";

    // In the order of the keys: two that add the same ones wait for each other instead of blocking each other.
    public string Enqueue => $"""
        INSERT INTO {_table} (queue, key, payload, due_at, place)
        SELECT $1, b.key, b.payload, now() + b.delay, b.place
        FROM unnest($2, $3, $4) WITH ORDINALITY AS b (key, payload, delay, place)
        ORDER BY b.key
        ON CONFLICT DO NOTHING
        """;

    // Items that another worker is taking are skipped without waiting.
    public string Lease => $"""
        WITH worn AS (
            SELECT key FROM {_table} WHERE queue = $1 AND dead_at IS NULL AND due_at <= now() AND attempts >= $4
            FOR UPDATE SKIP LOCKED
        ), buried AS (
            UPDATE {_table} w SET dead_at = now(), lease = NULL, reason = CASE WHEN w.lease IS NULL THEN w.reason ELSE '{LeaseEnded}' END
            FROM worn WHERE w.queue = $1 AND w.key = worn.key
        ), due AS (
            SELECT key, due_at, place FROM {_table} WHERE queue = $1 AND dead_at IS NULL AND due_at <= now() AND attempts < $4
            ORDER BY due_at, place LIMIT $2 FOR UPDATE SKIP LOCKED
        )
        UPDATE {_table} w SET lease = gen_random_uuid(), attempts = w.attempts + 1, due_at = now() + $3
        FROM due WHERE w.queue = $1 AND w.key = due.key
        RETURNING w.key, w.payload, w.attempts, w.lease, w.due_at, due.due_at, due.place
        """;

    public string Renew => $"UPDATE {_table} SET due_at = now() + $4 WHERE queue = $1 AND key = $2 AND lease = $3";

    public string Complete => $"DELETE FROM {_table} WHERE queue = $1 AND key = $2 AND lease = $3";

    public string Abandon => $"""
        UPDATE {_table} SET lease = NULL, due_at = now() + $4, reason = $5, dead_at = CASE WHEN attempts >= $6 THEN now() END
        WHERE queue = $1 AND key = $2 AND lease = $3
        """;

    public string NextDue => $"SELECT min(due_at) - now() FROM {_table} WHERE queue = $1 AND dead_at IS NULL";

    public string Count => $"""
        SELECT count(*) FILTER (WHERE dead_at IS NULL AND due_at <= now()),
            count(*) FILTER (WHERE dead_at IS NULL AND due_at > now() AND lease IS NULL),
            count(*) FILTER (WHERE dead_at IS NULL AND due_at > now() AND lease IS NOT NULL), count(*) FILTER (WHERE dead_at IS NOT NULL)
        FROM {_table} WHERE queue = $1
        """;

    public string Dead => $"SELECT key, payload, attempts, reason, dead_at FROM {_table} WHERE queue = $1 AND dead_at IS NOT NULL ORDER " +
        "BY dead_at, key LIMIT $2";

    public string Revive => $"UPDATE {_table} SET dead_at = NULL, attempts = 0, reason = '', due_at = now() WHERE queue = $1 AND key = " +
        "$2 AND dead_at IS NOT NULL";

    public string Remove => $"DELETE FROM {_table} WHERE queue = $1 AND key = $2 AND dead_at IS NOT NULL";

    private const string LeaseEnded = "its lease expired without a result";

    /// <summary>The step of the schema that makes the table.</summary>
    public static string Create(SchemaNames names) => $"""
        CREATE TABLE {names.Of(Table)} (
            queue text COLLATE "C" NOT NULL,
            key text COLLATE "C" NOT NULL,
            payload bytea NOT NULL,
            attempts int NOT NULL DEFAULT 0,
            due_at timestamptz NOT NULL,
            place bigint NOT NULL,
            lease uuid,
            dead_at timestamptz,
            reason text COLLATE "C" NOT NULL DEFAULT '',
            PRIMARY KEY (queue, key)
        );
        CREATE INDEX work_item_due ON {names.Of(Table)} (queue, due_at, place) WHERE dead_at IS NULL;
        """;
}
