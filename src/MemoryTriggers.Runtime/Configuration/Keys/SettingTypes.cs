namespace MemoryTriggers.Configuration;

/// <summary>All sections. Named one by one, so that trimming keeps their properties.</summary>
internal static class SettingTypes
{
    public static SettingsType Root { get; } = SettingsType.Of<ConfigurationSnapshot>();

    private static readonly SettingsType[] All =
    [
        Root, SettingsType.Of<PerformanceSettings>(), SettingsType.Of<TriggerPolicySettings>(), SettingsType.Of<LifecycleSettings>(),
        SettingsType.Of<MonitoringSettings>(), SettingsType.Of<BackendSettings>(), SettingsType.Of<BackendDetailSettings>(),
        SettingsType.Of<FeatureSettings>(), SettingsType.Of<PolicySettings>(), SettingsType.Of<TypeSettings>(),
        SettingsType.Of<JournalOptions>(), SettingsType.Of<DeliveryOptions>(), SettingsType.Of<RecallOptions, ConversationOptions>(static recall => recall.Conversations),
        SettingsType.Of<VectorSettings>(), SettingsType.Of<MemoryHooksOptions>(), SettingsType.Of<DuplicateOptions>(), SettingsType.Of<AutoRecallOptions>(),
        SettingsType.Of<RetentionSettings>(), SettingsType.Of<CategorySettings>(), SettingsType.Of<ProtectionSettings>(), SettingsType.Of<CircuitBreakerOptions>(),
        SettingsType.Of<OperationsOptions>(), SettingsType.Of<AlertOptions>(), SettingsType.Of<FailurePredictionOptions>(), SettingsType.Of<SqliteBackendOptions>(),
    ];

    /// <summary>The keys of a section, or of the members of a map of sections.</summary>
    public static SettingsType Of(Type type) => Array.Find(All, known => known.Type == type || known.MapType == type)
        ?? throw new ArgumentException($"{type} is no section of the configuration.", nameof(type));
}
