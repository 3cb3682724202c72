using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace MemoryTriggers.Configuration;

/// <summary>What each provider of a configuration says of a section, in the order in which they count.</summary>
internal static class SettingSources
{
    private static readonly MemoryConfigurationOrigin Unknown = new("configuration");

    /// <param name="configuration">The section, or a root that has it under its usual name or is about nothing else.</param>
    /// <param name="root">The root that the section is of, where it is known: it alone knows where values come from.</param>
    /// <param name="problems">Gets what is wrong with whole documents.</param>
    public static List<SettingLayer> Read(IConfiguration configuration, IConfigurationRoot? root, List<MemoryConfigurationIssue> problems)
    {
        if (configuration is IConfigurationRoot whole && whole.GetSection(MemoryTriggersOptions.Section) is var own && own.Exists())
            (configuration, root) = (own, whole);
        var section = (configuration as IConfigurationSection)?.Path ?? "";
        var isOfRoot = root is not null && IsSame(configuration, root.GetSection(section));
        var known = configuration as IConfigurationRoot ?? (isOfRoot ? root : null);
        var layers = new List<SettingLayer>();
        if (known is not null) Add(known, section, layers, problems);
        else layers.Add(new SettingLayer([.. Entries(configuration)]));
        return layers;
    }

    private static IEnumerable<SettingEntry> Entries(IConfiguration configuration) =>
        from pair in configuration.AsEnumerable(makePathsRelative: true)
        where pair.Value is not null
        select new SettingEntry(pair.Key, pair.Value, Unknown);

    private static bool IsSame(IConfiguration one, IConfiguration other) =>
        one.AsEnumerable(makePathsRelative: true).ToHashSet().SetEquals(other.AsEnumerable(makePathsRelative: true));

    private static void Add(IConfigurationRoot root, string section, List<SettingLayer> layers, List<MemoryConfigurationIssue> problems)
    {
        foreach (var provider in root.Providers)
        {
            if (provider is ISettingSource source && string.Equals(source.Section, section, StringComparison.OrdinalIgnoreCase))
            {
                layers.AddRange(source.Layers.Select(layer => new SettingLayer(layer, source.IsDocument)));
                problems.AddRange(source.Problems);
            }
            else if (provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot inner })
            {
                Add(inner, section, layers, problems);
            }
            else
            {
                var places = new FilePlaces(provider);
                layers.Add(new SettingLayer(
                [
                    .. Entries(provider, section, "").Select(
                        entry => entry with { Origin = OriginOf(provider, places, Combine(section, entry.Key)) }),
                ]));
            }
        }
    }

    private static IEnumerable<SettingEntry> Entries(IConfigurationProvider provider, string section, string key)
    {
        var path = Combine(section, key);
        if (key.Length > 0 && provider.TryGet(path, out var value)) yield return new SettingEntry(key, value, Unknown);
        foreach (var child in provider.GetChildKeys([], path.Length == 0 ? null : path).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            foreach (var entry in Entries(provider, section, Combine(key, child))) yield return entry;
        }
    }

    private static MemoryConfigurationOrigin OriginOf(IConfigurationProvider provider, FilePlaces places, string path) => provider switch
    {
        FileConfigurationProvider => places.Find(path),
        EnvironmentVariablesConfigurationProvider =>
            new MemoryConfigurationOrigin($"variable {path.Replace(":", "__", StringComparison.Ordinal)}"),
        CommandLineConfigurationProvider => new MemoryConfigurationOrigin("command line"),
        MemoryConfigurationProvider => new MemoryConfigurationOrigin("code"),
        _ => new MemoryConfigurationOrigin(provider.ToString() ?? provider.GetType().Name),
    };

    private static string Combine(string left, string right) =>
        left.Length == 0 ? right : right.Length == 0 ? left : ConfigurationPath.Combine(left, right);
}
