using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// All that a configuration can say, with the names and bounds of the reference and the defaults of the options; docs/configuration.md
/// lists the keys. A snapshot, not to be changed: a change of
/// the configuration makes another one.
/// </summary>
internal sealed record ConfigurationSnapshot
{
    /// <summary>Which environment it is for. <value><c>development</c></value></summary>
    [Setting("Which environment it is for: decides what the third layer of validation expects, and which file `<name>.<environment>.yaml` is read besides.", IsRequired = true)]
    [AllowedValues("development", "testing", "staging", "production")]
    public string Environment { get; init; } = "development";

    /// <summary>The preset whose values count where nothing else is said. <value>None: the options of the library count</value></summary>
    [Setting("The preset whose values count where nothing else is said: `reference`, or an environment on top of it.")]
    [AllowedValues("reference", "development", "testing", "staging", "production")]
    public string? Preset { get; init; }

    /// <summary>Whether everything is logged. <value>false</value></summary>
    [Setting("Logs everything, as `monitoring.log_level: DEBUG` does.")]
    public bool DebugMode { get; init; }

    /// <summary>The version of the keys. <value><c>1.0</c></value></summary>
    [Setting("The version of the keys; an older one is translated, a newer one refused.")]
    [RegularExpression(@"^\d+\.\d+$")]
    public string ConfigVersion { get; init; } = MemoryConfiguration.CurrentVersion;

    /// <summary>Whether triggers capture anything. <value>true</value></summary>
    [Setting("`false`: no trigger captures anything.", IsRequired = true)]
    public bool GlobalEnabled { get; init; } = true;

    /// <summary>How many memories a second go to the store, 1 to 10,000. <value>No limit</value></summary>
    [Setting("As `performance.rate_limit_per_second`; the smaller one counts.")]
    [Range(1, 10_000)]
    public int? MaxMemoryOperationsPerSecond { get; init; }

    /// <summary>Whether changes take effect while the program runs. <value>true</value></summary>
    [Setting("Changes take effect while the program runs; `features.hot_reloading` must be on as well.")]
    public bool AutoReload { get; init; } = true;

    /// <summary>Whether rules across keys refuse a configuration, as bounds do. <value>true</value></summary>
    [Setting("Errors of the rules across keys and of the environment refuse a configuration; `false`: they are logged, and only errors of single keys refuse it.")]
    public bool ValidationStrict { get; init; } = true;

    /// <summary>
    /// The folder for journal, store and dead letters. <value>That of <see cref="MemoryTriggersOptions.DataDirectory"/></value>
    /// </summary>
    [Setting("The folder for journal, store, dead letters and figures.", NeedsRestart = true)]
    public string? DataDirectory { get; init; }

    /// <summary>The project of memories whose trigger names none. <value>None</value></summary>
    [Setting("The project of memories whose trigger names none, and the one that recall looks at.", NeedsRestart = true)]
    public string? Project { get; init; }

    /// <summary>How long things may take, and how much at once.</summary>
    [Setting("How long things may take, and how much at once.")]
    public PerformanceSettings Performance { get; init; } = new();

    /// <summary>Which memories of a type are kept, by a name for each policy. The first one that is for a memory decides.</summary>
    [Setting("Which memories of a type are kept, by a name for each policy. The first one that is for a memory decides.")]
    public IReadOnlyDictionary<string, TriggerPolicySettings> TriggerPolicies { get; init; } = new Dictionary<string, TriggerPolicySettings>();

    /// <summary>How long memories are kept, and in which form.</summary>
    [Setting("How long memories are kept, and in which form.")]
    public LifecycleSettings Lifecycle { get; init; } = new();

    /// <summary>What is measured, logged and told.</summary>
    [Setting("What is measured, logged and told.")]
    public MonitoringSettings Monitoring { get; init; } = new();

    /// <summary>Where memories go.</summary>
    [Setting("Where memories go.")]
    public BackendSettings Backend { get; init; } = new();

    /// <summary>What is on.</summary>
    [Setting("What is on.")]
    public FeatureSettings Features { get; init; } = new();

    /// <summary>Where the rules are, and how far they go.</summary>
    [Setting("Where the rules are, and how far they go.")]
    public PolicySettings Policies { get; init; } = new();

    /// <summary>What is captured of single types of trigger, by their names, such as <c>workflow_completion</c>.</summary>
    [Setting("What is captured of single types of trigger, by their names, such as `workflow_completion`.", Form = "types")]
    public IReadOnlyDictionary<string, TypeSettings> Types { get; init; } = new Dictionary<string, TypeSettings>();

    /// <summary>Where memories wait for the store.</summary>
    [Setting("Where memories wait for the store.")]
    public JournalOptions Journal { get; init; } = new();

    /// <summary>What <c>performance</c> does not say of the way to the store.</summary>
    [Setting("What `performance` does not say of the way to the store.")]
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>How searches rank what they find.</summary>
    [Setting("How searches rank what they find.")]
    public RecallOptions Recall { get; init; } = new();

    /// <summary>Search by meaning, by the package MemoryTriggers.Vectors.</summary>
    [Setting("Search by meaning. Read by the package MemoryTriggers.Vectors: without it, `UseVectors()` and a generator of embeddings the section does nothing, and a warning says so.")]
    public VectorSettings Vectors { get; init; } = new();

    /// <summary>What becomes of the events of hooks.</summary>
    [Setting("What becomes of the events of hooks.")]
    public MemoryHooksOptions Hooks { get; init; } = new();

    /// <summary>What becomes of memories that say the same again.</summary>
    [Setting("What becomes of memories that say the same again.")]
    public DuplicateOptions Duplicates { get; init; } = new();

    /// <summary>What becomes of an error that was remembered before.</summary>
    [Setting("What becomes of an error that was remembered before; `features.auto_recall` switches on that it is brought again.")]
    public AutoRecallOptions Errors { get; init; } = new();

    /// <summary>What <c>lifecycle</c> does not say of how long memories are kept.</summary>
    [Setting("What `lifecycle` does not say of how long memories are kept.")]
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>How values are stored, beyond what <c>backend</c> and <c>lifecycle</c> say.</summary>
    [Setting("How values are stored, beyond `backend.encryption_*` and `lifecycle.compression_*`. Keys are named, never given.")]
    public ProtectionSettings Protection { get; init; } = new();

    /// <summary>When the circuit of a store opens.</summary>
    [Setting("When the circuit of a store opens. A chain of stores has settings of its own.")]
    public CircuitBreakerOptions CircuitBreaker { get; init; } = new();

    /// <summary>What <c>monitoring</c> does not say of how the service looks after itself.</summary>
    [Setting("What `monitoring` does not say of how the service looks after itself.")]
    public OperationsOptions Operations { get; init; } = new();

    /// <summary>What <c>monitoring</c> does not say of the conditions of alerts.</summary>
    [Setting("What `monitoring` does not say of the conditions of alerts ([operations.md](operations.md)).")]
    public AlertOptions Alerts { get; init; } = new();

    /// <summary>When a trend is worth a warning.</summary>
    [Setting("When a trend is worth a warning.")]
    public FailurePredictionOptions Prediction { get; init; } = new();

    /// <summary>What <c>backend</c> does not say of the local store.</summary>
    [Setting("What `backend` does not say of the local store.")]
    public SqliteBackendOptions Sqlite { get; init; } = new();
}
