using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>Where the PostgreSQL backend keeps its memories, and for how long.</summary>
public sealed class PostgresBackendOptions
{
    /// <summary>The default of <see cref="ConnectionStringEnvironmentVariable"/>.</summary>
    public const string DefaultEnvironmentVariable = "MEMORY_TRIGGERS_POSTGRES";

    /// <summary>
    /// How to reach the server, in the format of Npgsql. <value>None: <see cref="ConnectionStringEnvironmentVariable"/> names the
    /// place.</value>
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The environment variable that holds the connection string, so that no password is in a file. Read once, when the backend is
    /// made, and only without a <see cref="ConnectionString"/>. <value><c>MEMORY_TRIGGERS_POSTGRES</c></value>
    /// </summary>
    [Required]
    public string ConnectionStringEnvironmentVariable { get; set; } = DefaultEnvironmentVariable;

    /// <summary>
    /// The schema, made when missing: lower-case letters, digits and underscores, at most 40, no digit first.
    /// <value><c>memory_triggers</c></value>
    /// </summary>
    [Required]
    [RegularExpression("^[a-z_][a-z0-9_]{0,39}$")]
    public string Schema { get; set; } = "memory_triggers";

    /// <summary>How long the server may take for one command, 1 s to 10 minutes. <value>30 s</value></summary>
    [TimeSpanRange("00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long memories are kept, 1 day to 100 years. A month goes as a whole, when all of it is older. <value>None: for ever</value>
    /// </summary>
    [TimeSpanRange("1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Retention { get; set; }

    /// <summary>For how many months ahead there are partitions, 1 to 24. <value>2</value></summary>
    [Range(1, 24)]
    public int MonthsAhead { get; set; } = 2;

    /// <summary>
    /// How often partitions are made ahead and old ones dropped, 1 minute to 1 day. Of several processes one does it.
    /// <value>1 hour</value>
    /// </summary>
    [TimeSpanRange("00:01:00", "1.00:00:00")]
    public TimeSpan MaintenanceInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether processes tell each other what they wrote, so that no read cache answers with what is outdated. Needs sessions of its
    /// own, which a pooler in transaction mode does not give. <value><see langword="true"/></value>
    /// </summary>
    public bool NotifyChanges { get; set; } = true;

    /// <summary>
    /// Whether processes tell each other when a store fails, answers again, or is isolated by hand, so that not each of them has to find
    /// out for itself. While the database is unavailable each process uses its own counts. <value><see langword="false"/></value>
    /// </summary>
    public bool ShareBreakers { get; set; }

    /// <summary>
    /// Whether the rate limits of policies hold for all processes together, by the counts exchanged every <see cref="ShareInterval"/>.
    /// While the database is unavailable each process uses its own counts. <value><see langword="false"/></value>
    /// </summary>
    public bool ShareRateLimits { get; set; }

    /// <summary>How often processes tell each other, 100 ms to 10 minutes. <value>1 s</value></summary>
    [TimeSpanRange("00:00:00.1000000", "00:10:00")]
    public TimeSpan ShareInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Who shares: processes with the same name here and the same <see cref="Schema"/>; 1 to 100 characters. <value><c>default</c></value>
    /// </summary>
    [Required]
    [StringLength(100, MinimumLength = 1)]
    public string ShareGroup { get; set; } = "default";

    /// <summary>
    /// Whether the schema is used as it is, by a tool that inspects it: it is neither created nor migrated, and no jobs run.
    /// <value><see langword="false"/></value>
    /// </summary>
    internal bool OpensExisting { get; set; }

    // Later changes of the options must not reach an open backend.
    internal PostgresBackendOptions Snapshot() => (PostgresBackendOptions)MemberwiseClone();
}
