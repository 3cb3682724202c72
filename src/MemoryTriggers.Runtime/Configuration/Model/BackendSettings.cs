using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// The section <c>backend</c>: where memories go, and how. Immutable. All of it counts at the start only, timeouts excepted.
/// </summary>
internal sealed record BackendSettings
{
    /// <summary>
    /// The store. <value><c>local</c>; the reference has <c>mem0</c>, but here nothing leaves the machine unless a configuration names
    /// it</value>
    /// </summary>
    [Setting(
        "The store: `local` is SQLite; `hybrid` is mem0, with SQLite while it is away; `postgresql` needs a reference to " +
        "MemoryTriggers.Postgres, `litedb` one to MemoryTriggers.LiteDb. A store that the program registers itself goes before it.",
        NeedsRestart = true)]
    [AllowedValues("mem0", "local", "redis", "postgresql", "litedb", "hybrid")]
    public string BackendType { get; init; } = "local";

    /// <summary>How long connecting may take, 0.1 to 300 s. <value>5 s</value></summary>
    [Setting("Seconds that connecting may take; with `local`, waiting for another process that writes.", NeedsRestart = true)]
    [Range(0.1, 300.0)]
    public double ConnectionTimeout { get; init; } = 5;

    /// <summary>
    /// How long a read may take, repetitions included, 0.1 to 300 s; of it and <c>performance.recall_timeout</c> or
    /// <c>search_timeout</c> the smaller counts. <value>That of these</value>
    /// </summary>
    [Setting(
        "Seconds that any read may take, repetitions included; the smaller of it and `performance.recall_timeout` or `search_timeout` " +
        "counts.")]
    [Range(0.1, 300.0)]
    public double? ReadTimeout { get; init; }

    /// <summary>How long one attempt to write may take, 0.1 to 300 s. <value>That of <c>performance.create_timeout</c></value></summary>
    [Setting("Seconds that one attempt to write may take.")]
    [Range(0.1, 300.0)]
    public double? WriteTimeout { get; init; }

    /// <summary>How often a failed read is repeated, 0 to 10. <value>Never; a chain tries three times to open a store</value></summary>
    [Setting("How often a read that failed is repeated. Writes are repeated until they succeed.")]
    [Range(0, 10)]
    public int? MaxRetries { get; init; }

    /// <summary>How long to wait before a repetition, 0 to 60 s. <value>1 s</value></summary>
    [Setting("Seconds before a repetition; for writes, before the first one, and longer before later ones.")]
    [Range(0.0, 60.0)]
    public double RetryDelay { get; init; } = 1;

    /// <summary>What only some stores know.</summary>
    public BackendDetailSettings Details { get; init; } = new();

    /// <summary>Whether several connections are used. <value>true</value></summary>
    [Setting("`false`: one connection, and one read at a time.", NeedsRestart = true)]
    public bool PoolEnabled { get; init; } = true;

    /// <summary>How many connections are used, 1 to 100. <value>4</value></summary>
    [Setting("Connections to the store; with `local`, reads at once (64 at most).", NeedsRestart = true)]
    [Range(1, 100)]
    public int PoolSize { get; init; } = 4;

    /// <summary>How many more, 0 to 100. <value>0</value></summary>
    [Setting("How many more there may be.", NeedsRestart = true)]
    [Range(0, 100)]
    public int PoolMaxOverflow { get; init; }

    /// <summary>Whether other stores replace the first while it is away. <value>false</value></summary>
    [Setting("Other stores replace the first while it is away; what they stored goes back to it.", NeedsRestart = true)]
    public bool FailoverEnabled { get; init; }

    /// <summary>Which ones, in this order. <value>None</value></summary>
    [Setting(
        "Which ones, in this order: `mem0`, `local`, `postgresql`, `litedb`. `redis` is passed over.", NeedsRestart = true,
        Form = "backends")]
    public IReadOnlyList<string> FailoverBackends { get; init; } = [];

    /// <summary>Whether memories are encrypted in the store. <value>false</value></summary>
    [Setting(
        "Encrypts what was captured (AES-256-GCM) in the store; lines, keys and tags stay readable, so that they can be searched.",
        NeedsRestart = true)]
    public bool EncryptionEnabled { get; init; }

    /// <summary>The file with the key. <value>None</value></summary>
    [Setting(
        "The file with the keys, `name:base64` on each line (or `protection.encryption_key_env`); only its owner may read it. A relative " +
            "path begins at the data folder.",
        NeedsRestart = true)]
    public string? EncryptionKeyPath { get; init; }
}
