using System.Collections.Concurrent;

namespace MemoryTriggers.Configuration;

/// <summary>The presets: the reference's defaults, and its four environments, which are on top of them.</summary>
internal static class BuiltInEnvironments
{
    private const string Reference = "reference";

    private static readonly ConcurrentDictionary<string, YamlSettings> Read = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = ["development", "testing", "staging", "production"];

    /// <summary>The environments, and what they are on top of.</summary>
    public static IReadOnlyList<string> Presets { get; } = [Reference, .. Names];

    /// <summary>The document of a preset.</summary>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static string Text(string name)
    {
        using var stream = Presets.Contains(name)
            ? typeof(BuiltInEnvironments).Assembly.GetManifestResourceStream($"MemoryTriggers.Configuration.Environments.{name}.yaml")
            : null;
        if (stream is null)
            throw new ArgumentException($"There is no preset '{name}'; there are {string.Join(", ", Presets)}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Its settings, the reference's defaults first.</summary>
    public static IEnumerable<SettingLayer> Layers(string name)
    {
        yield return new SettingLayer(Entries(Reference, "built-in preset"));
        if (name != Reference) yield return new SettingLayer(Entries(name, "built-in environment"));
    }

    private static IReadOnlyList<SettingEntry> Entries(string name, string kind) =>
        Read.GetOrAdd(name, static (name, kind) => YamlSettings.Read(Text(name), $"{kind} {name}"), kind).Entries;
}
