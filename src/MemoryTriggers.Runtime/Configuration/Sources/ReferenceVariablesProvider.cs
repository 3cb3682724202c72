using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>Gives the values of the reference's nine variables.</summary>
internal sealed class ReferenceVariablesProvider(string section, Func<string, string?> read) : ConfigurationProvider, ISettingSource
{
    /// <summary>The variables, and the key that each of them is.</summary>
    public static IReadOnlyList<(string Variable, string Key)> Variables { get; } =
    [
        ("MEMORY_ENVIRONMENT", "environment"),
        ("MEMORY_TRIGGERS_ENABLED", "global_enabled"),
        ("MEMORY_DEBUG_MODE", "debug_mode"),
        ("MEMORY_CREATE_TIMEOUT", "performance:create_timeout"),
        ("MEMORY_RECALL_TIMEOUT", "performance:recall_timeout"),
        ("MEMORY_BATCH_SIZE", "performance:batch_size"),
        ("MEMORY_MAX_CONCURRENT", "performance:max_concurrent_operations"),
        ("MEMORY_BACKEND_TYPE", "backend:backend_type"),
        ("MEMORY_CONNECTION_TIMEOUT", "backend:connection_timeout"),
    ];

    public IReadOnlyList<IReadOnlyList<SettingEntry>> Layers { get; private set; } = [];

    public string Section => section;

    public IReadOnlyList<MemoryConfigurationIssue> Problems => [];

    public override void Load()
    {
        SettingEntry[] given =
        [
            .. from pair in Variables
               let value = read(pair.Variable)
               where !string.IsNullOrEmpty(value)
               select new SettingEntry(pair.Key, value, new MemoryConfigurationOrigin($"variable {pair.Variable}")),
        ];
        Layers = [given];
        Data = given.ToDictionary(
            entry => ConfigurationPath.Combine(section, entry.Key), static entry => entry.Value, StringComparer.OrdinalIgnoreCase);
    }

    public override string ToString() => "the environment variables MEMORY_...";
}
