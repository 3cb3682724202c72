using MemoryTriggers.Postgres.Connections;

namespace MemoryTriggers.Postgres.Sharing;

/// <summary>
/// The statements by which processes share circuits and counts. An isolated circuit stays isolated, whatever other processes find, until it
/// is reset. Counts are lost when the server crashes: the table is not logged, and limits start from zero.
/// </summary>
internal sealed class SharingStatements(SchemaNames names)
{
    private const string CircuitTable = "shared_circuit";
    private const string CountTable = "shared_count";

    private readonly string _circuits = names.Of(CircuitTable);
    private readonly string _counts = names.Of(CountTable);

    // State that is sent again every second does not wait for the disk.
    public const string Relax = "SELECT set_config('synchronous_commit', 'off', true)";

    public string TellCircuits => $"""
        INSERT INTO {_circuits} AS c (share_group, backend, state, version, changed_at, changed_by)
        SELECT $1, n.backend, n.state, 1, clock_timestamp(), $2 FROM unnest($3, $4) AS n (backend, state) ORDER BY n.backend
        ON CONFLICT (share_group, backend) DO UPDATE
            SET state = excluded.state, version = c.version + 1, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            WHERE c.state <> 'isolated' OR excluded.state IN ('isolated', 'reset')
        """;

    public string HearCircuits =>
        $"SELECT backend, state, version, clock_timestamp() - changed_at, changed_by FROM {_circuits} WHERE share_group = $1";

    // In the order of the keys, as everywhere: two that tell the same must not block each other.
    public string TellCounts => $"""
        INSERT INTO {_counts} AS c (share_group, rate_limit, key, bucket, sender, until, count, changed_at)
        SELECT $1, n.rate_limit, n.key, n.bucket, $2, n.until, n.count, clock_timestamp()
        FROM unnest($3, $4, $5, $6, $7) AS n (rate_limit, key, bucket, until, count) ORDER BY n.rate_limit, n.key, n.bucket
        ON CONFLICT (share_group, rate_limit, key, bucket, sender) DO UPDATE
            SET count = greatest(c.count, excluded.count), changed_at = excluded.changed_at
        """;

    // Recent rows are read again: a transaction that began earlier may have ended later.
    public string HearCounts => $"""
        SELECT rate_limit, key, bucket, until, count, sender FROM {_counts}
        WHERE share_group = $1 AND sender <> $2 AND until > $3 AND changed_at >= $4 - interval '30 s'
        LIMIT 100000
        """;

    public string Forget => $"DELETE FROM {_counts} WHERE until <= $1";

    public static string Create(SchemaNames names) => $"""
        CREATE TABLE {names.Of(CircuitTable)} (
            share_group text COLLATE "C",
            backend text COLLATE "C",
            state text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            changed_at timestamptz NOT NULL,
            changed_by uuid NOT NULL,
            PRIMARY KEY (share_group, backend)
        );
        CREATE UNLOGGED TABLE {names.Of(CountTable)} (
            share_group text COLLATE "C",
            rate_limit text COLLATE "C",
            key uuid,
            bucket bigint,
            sender uuid,
            until bigint NOT NULL,
            count int NOT NULL,
            changed_at timestamptz NOT NULL,
            PRIMARY KEY (share_group, rate_limit, key, bucket, sender)
        );
        CREATE INDEX shared_count_until ON {names.Of(CountTable)} (until);
        CREATE INDEX shared_count_changed ON {names.Of(CountTable)} (share_group, changed_at);
        """;
}
