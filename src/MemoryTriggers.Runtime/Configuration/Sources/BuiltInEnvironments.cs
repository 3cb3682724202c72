using System.Collections.Concurrent;

namespace MemoryTriggers.Configuration;

/// <summary>The four environments, with the values of the reference.</summary>
internal static class BuiltInEnvironments
{
    private static readonly ConcurrentDictionary<string, YamlSettings> Read = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = ["development", "testing", "staging", "production"];

    /// <summary>The document of an environment.</summary>
    /// <exception cref="ArgumentException">There is no such environment.</exception>
    public static string Text(string name)
    {
        using var stream = Names.Contains(name) ? typeof(BuiltInEnvironments).Assembly.GetManifestResourceStream($"MemoryTriggers.Configuration.Environments.{name}.yaml") : null;
        if (stream is null) throw new ArgumentException($"There is no environment '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>What it says.</summary>
    public static IReadOnlyList<SettingEntry> Entries(string name) =>
        Read.GetOrAdd(name, static name => YamlSettings.Read(Text(name), $"built-in environment {name}")).Entries;
}
