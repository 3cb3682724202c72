using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>Every key that a file can have, a member of each map included, and a value for it that is not its default.</summary>
internal static class FileKeys
{
    // Keys that mean something only beside others.
    private static readonly (string Key, string Beside)[] Companions =
    [
        ("lifecycle.archive_after_days", "lifecycle.archival_enabled=true"),
        ("lifecycle.archive_backend", "lifecycle.archival_enabled=true"),
        ("lifecycle.migration_enabled", "lifecycle.migration_schedule=0 2 * * 0"),
        ("lifecycle.compression_after_days", "lifecycle.compression_enabled=true"),
        ("backend.encryption_enabled", "backend.encryption_key_path=/keys"),
        ("backend.encryption_key_path", "backend.encryption_enabled=true"),
        ("backend.encryption_key_path", "protection.encryption_key_env=KEYS"),
        ("protection.encryption_key_env", "backend.encryption_enabled=true"),
        ("protection.encryption_key_env", "backend.encryption_key_path=/keys"),
    ];

    public static IReadOnlyDictionary<string, SettingProperty> All { get; } =
        new Dictionary<string, SettingProperty>(Walk(SettingTypes.Root, ""), StringComparer.Ordinal);

    /// <summary>What has to be said for the key to mean something.</summary>
    public static Dictionary<string, string?> Beside(string key)
    {
        var said = Companions.Where(companion => companion.Key == key).Select(static companion => companion.Beside.Split('='))
            .ToDictionary(static pair => Path(pair[0]), static pair => (string?)pair[1]);
        if (!key.StartsWith("trigger_policies.", StringComparison.Ordinal)) return said;
        (said["trigger_policies:x:enabled"], said["trigger_policies:x:trigger_type"]) = ("true", "workflow");
        return said;
    }

    /// <summary>That, and the key with another value than its default, as Microsoft.Extensions.Configuration has it.</summary>
    public static Dictionary<string, string?> With(string key) =>
        new(Beside(key)) { [Path(key) + (All[key].Kind == SettingKind.List ? ":0" : "")] = Value(key, All[key]) };

    public static object? Default(string key) => All[key].Get(key.Split('.') switch
    {
        ["trigger_policies", ..] => new TriggerPolicySettings(),
        ["types", ..] => new TriggerTypeOptions(),
        ["retention", "categories", ..] => new CategorySettings(),
        _ => new ConfigurationSnapshot(),
    });

    private static string Value(string key, SettingProperty property) => (key, property) switch
    {
        ("lifecycle.archive_after_days", _) => "10",
        ("backend.failover_backends", _) => "local",
        ("types.workflow_completion.min_priority", _) => "high",
        (_, { Kind: SettingKind.Truth }) => Default(key) is true ? "false" : "true",
        (_, { Kind: SettingKind.Integer or SettingKind.Number }) =>
            Number(property, Convert.ToDouble(Default(key), CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture),
        (_, { Allowed: [_, ..] allowed }) => allowed.First(value => value != (Default(key) as string) && value != "redis"),
        (_, { Form: "cron" }) => "0 2 * * 0",
        (_, { Form: "zone" }) => "Asia/Tokyo",
        (_, { Form: "address" }) => "https://hooks.example/alerts",
        _ => "a_1",
    };

    private static double Number(SettingProperty property, double standard)
    {
        var next = property.Kind == SettingKind.Integer ? standard + 1 : (standard + property.Maximum!.Value) / 2;
        if (next <= property.Minimum) return property.Minimum!.Value;
        return next < property.Maximum ? next : property.Minimum!.Value;
    }

    private static string Path(string key) => key.Replace('.', ':');

    private static IEnumerable<KeyValuePair<string, SettingProperty>> Walk(SettingsType type, string path) =>
        type.Properties.SelectMany(property => Walk(property, path.Length == 0 ? property.Name : $"{path}.{property.Name}"));

    private static IEnumerable<KeyValuePair<string, SettingProperty>> Walk(SettingProperty property, string key) => property switch
    {
        { Kind: SettingKind.Section } => Walk(property.Inner!, key),
        { Kind: SettingKind.Map, Form: "types" } => Walk(property.Inner!, $"{key}.workflow_completion"),
        { Kind: SettingKind.Map } => Walk(property.Inner!, $"{key}.x"),
        _ => [KeyValuePair.Create(key, property)],
    };
}
