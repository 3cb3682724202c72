using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers.Configuration;

/// <summary>
/// All keys, and the sections that they are in. Their types are named one by one, so that trimming keeps their properties.
/// </summary>
internal static class SettingTypes
{
    // In this order they are shown. Those without an effect are maps, which say it themselves.
    private static readonly (string Path, string? Effect)[] Sections =
    [
        ("performance", "How long things may take, and how much at once."),
        ("trigger_policies", null),
        ("lifecycle", "How long memories are kept, and in which form."),
        ("monitoring", "What is measured, logged and told."),
        ("backend", "Where memories go."),
        ("backend.backend_settings", "What only some stores know."),
        ("features", "What is on."),
        ("policies", "Where the rules are, and how far they go."),
        ("types", null),
        ("journal", "Where memories wait for the store."),
        ("delivery", "What `performance` does not say of the way to the store."),
        ("recall", "How searches rank what they find."),
        ("vectors", "Search by meaning. Read by the package MemoryTriggers.Vectors: without it, `UseVectors()` and a generator of " +
            "embeddings the section does nothing, and a warning says so."),
        ("hooks", "What becomes of the events of hooks."),
        ("lines", "How the lines of memories read, and how large their values are."),
        ("duplicates", "What becomes of memories that say the same again."),
        ("errors", "What becomes of an error that was remembered before; `features.auto_recall` switches on that it is brought again."),
        ("retention", "What `lifecycle` does not say of how long memories are kept."),
        ("protection", "How values are stored, beyond `backend.encryption_*` and `lifecycle.compression_*`. Keys are named, never given."),
        ("circuit_breaker", "When the circuit of a store opens. A chain of stores has settings of its own."),
        ("operations", "What `monitoring` does not say of how the service looks after itself."),
        ("alerts", "What `monitoring` does not say of the conditions of alerts ([operations.md](operations.md))."),
        ("prediction", "When a trend is worth a warning."),
        ("sqlite", "What `backend` does not say of the local store."),
    ];

    // The section is that of the keys that name none.
    private static readonly SettingProperty[] Keys =
    [
        .. Of("", static said => said),
        .. Of("performance", static said => said.Performance),
        .. Of("delivery", static said => said.Delivery),
        .. Of("performance", static said => said.ReadCache),
        .. Of("policies", static said => said.Policies),
        .. Of("policies", static said => said.Policies.Set),
        .. Of("lifecycle", static said => said.Lifecycle),
        .. Of("monitoring", static said => said.Operations.MetricsHistory),
        .. Of("monitoring", static said => said.Monitoring),
        .. Of("operations", static said => said.Operations),
        .. Of("alerts", static said => said.Operations.Alerts),
        .. Of("prediction", static said => said.Operations.Prediction),
        .. Of("circuit_breaker", static said => said.Operations.CircuitBreaker),
        .. Of("backend", static said => said.Backend),
        .. Of("backend.backend_settings", static said => said.Backend.Details),
        .. Of("features", static said => said.Features),
        .. Of("journal", static said => said.Journal),
        .. Of("recall", static said => said.Recall),
        .. Of("recall", static said => said.Recall.Conversations),
        .. Of("vectors", static said => said.Vectors),
        .. Of("hooks", static said => said.Hooks),
        .. Of("lines", static said => said.Lines),
        .. Of("duplicates", static said => said.Duplicates),
        .. Of("errors", static said => said.Errors),
        .. Of("retention", static said => said.Retention),
        .. Of("protection", static said => said.Protection),
        .. Of("sqlite", static said => said.Sqlite),
    ];

    private static readonly SettingsType[] Members =
        [SettingsType.Of<TriggerPolicySettings>(), SettingsType.Of<TriggerTypeOptions>(), SettingsType.Of<CategorySettings>()];

    public static SettingsType Root { get; } = Section("");

    /// <summary>The keys that properties of that type have, in all sections.</summary>
    public static IEnumerable<SettingProperty> Of(Type type) => Keys.Where(key => key.Owner == type);

    /// <summary>The keys of the members of a map.</summary>
    public static SettingsType MembersOf(Type map) => Array.Find(Members, known => known.MapType == map)
        ?? throw new ArgumentException($"{map} is no map of the configuration.", nameof(map));

    private static SettingsType Section(string path) => SettingsType.Of<ConfigurationSnapshot>(
    [
        .. Keys.Where(key => key.Section == path)
            .Concat(from section in Sections
                    where section.Effect is not null && ParentOf(section.Path) == path
                    select new SettingProperty(section.Path, section.Effect, Section(section.Path)))
            .OrderBy(static key => Array.FindIndex(Sections, section => section.Path == key.Path)),
    ]);

    private static string ParentOf(string path) => path.LastIndexOf('.') is >= 0 and var end ? path[..end] : "";

    private static IEnumerable<SettingProperty> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string section, Func<ConfigurationSnapshot, T> part)
        where T : class => SettingsType.Keys(section, part);
}
