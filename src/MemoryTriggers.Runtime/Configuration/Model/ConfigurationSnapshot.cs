using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// All that a configuration can say, with the names and bounds of the reference and the defaults of the options; docs/configuration.md
/// lists the keys. Options have their keys themselves; the settings here are those that no single option is. A snapshot, not to be
/// changed: a change of the configuration makes another one.
/// </summary>
internal sealed record ConfigurationSnapshot
{
    [Setting(
        "Which environment it is for: decides what the third layer of validation expects, and which file `<name>.<environment>.yaml` is " +
        "read besides.", IsRequired = true)]
    [AllowedValues("development", "testing", "staging", "production")]
    public string Environment { get; init; } = "development";

    [Setting("The preset whose values count where nothing else is said: `reference`, or an environment on top of it.")]
    [AllowedValues("reference", "development", "testing", "staging", "production")]
    public string? Preset { get; init; }

    [Setting("Logs everything, as `monitoring.log_level: DEBUG` does.")]
    public bool DebugMode { get; init; }

    [Setting("The version of the keys; an older one is translated, a newer one refused.")]
    [RegularExpression(@"^\d+\.\d+$")]
    public string ConfigVersion { get; init; } = MemoryConfiguration.CurrentVersion;

    [Setting("`false`: no trigger captures anything.", IsRequired = true)]
    public bool GlobalEnabled { get; init; } = true;

    [Setting("As `performance.rate_limit_per_second`; the smaller one counts.")]
    [Range(1, 10_000)]
    public int? MaxMemoryOperationsPerSecond { get; init; }

    [Setting("Changes take effect while the program runs; `features.hot_reloading` must be on as well.")]
    public bool AutoReload { get; init; } = true;

    [Setting(
        "Errors of the rules across keys and of the environment refuse a configuration; `false`: they are logged, and only errors of " +
        "single keys refuse it.")]
    public bool ValidationStrict { get; init; } = true;

    // Not the options themselves: the default of the folder depends on the machine, and these are documented.
    [Setting("The folder for journal, store, dead letters and metrics.", NeedsRestart = true)]
    public string? DataDirectory { get; init; }

    [Setting("The project of memories whose trigger names none, and the one that recall looks at.", NeedsRestart = true)]
    public string? Project { get; init; }

    [Setting("Which memories of a type are kept, by a name for each policy. The first one that is for a memory decides.")]
    public IReadOnlyDictionary<string, TriggerPolicySettings> TriggerPolicies { get; init; } =
        new Dictionary<string, TriggerPolicySettings>();

    [Setting("What is captured of single types of trigger, by their names, such as `workflow_completion`.", Form = "types")]
    public IReadOnlyDictionary<string, TriggerTypeOptions> Types { get; init; } = new Dictionary<string, TriggerTypeOptions>();

    [Setting(
        "How long memories of single categories are kept, by their names; goes before `lifecycle`.",
        Section = "retention", Name = "categories")]
    public IReadOnlyDictionary<string, CategorySettings> Categories { get; init; } = new Dictionary<string, CategorySettings>();

    public PerformanceSettings Performance { get; init; } = new();

    public LifecycleSettings Lifecycle { get; init; } = new();

    public MonitoringSettings Monitoring { get; init; } = new();

    public BackendSettings Backend { get; init; } = new();

    public FeatureSettings Features { get; init; } = new();

    public ProtectionSettings Protection { get; init; } = new();

    public VectorSettings Vectors { get; init; } = new();

    public JournalOptions Journal { get; } = new();

    public DeliveryOptions Delivery { get; } = new();

    public ReadCacheOptions ReadCache { get; } = new();

    public PoliciesOptions Policies { get; } = new();

    public RecallOptions Recall { get; } = new();

    public MemoryHooksOptions Hooks { get; } = new();

    public LineOptions Lines { get; } = new();

    public DuplicateOptions Duplicates { get; } = new();

    public AutoRecallOptions Errors { get; } = new();

    public RetentionOptions Retention { get; } = new();

    public OperationsOptions Operations { get; } = new();

    public SqliteBackendOptions Sqlite { get; } = new();

    public CircuitBreakerOptions CircuitBreaker => Operations.CircuitBreaker;
}
