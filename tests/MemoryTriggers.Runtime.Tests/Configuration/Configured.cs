using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>Configurations for tests, in few words.</summary>
internal static class Configured
{
    public const string Head = "environment: testing\nglobal_enabled: true\n";

    public static MemoryConfigurationReport Yaml(string yaml) => MemoryConfiguration.ValidateText(Head + yaml, "memory.yaml");

    /// <summary>The one issue of that key.</summary>
    public static MemoryConfigurationIssue Issue(MemoryConfigurationReport report, string path) => Assert.Single(report.Issues, issue => issue.Path == path);

    public static MemoryConfigurationValue Value(MemoryConfigurationReport report, string path) => Assert.Single(report.Values, value => value.Path == path);

    /// <summary>Sources as a host has them; the reference's variables are those given.</summary>
    public static IConfigurationRoot Root(string path, TimeProvider? time = null, Dictionary<string, string>? variables = null, Action<IConfigurationBuilder>? further = null)
    {
        var builder = new ConfigurationBuilder();
        Func<string, string?> read = name => variables?.GetValueOrDefault(name);
        builder.AddMemoryTriggersSources(
            new YamlConfigurationSource(path, MemoryTriggersOptions.Section) { ReloadOnChange = time is not null, Time = time ?? TimeProvider.System, Variables = read },
            new ReferenceVariablesSource(MemoryTriggersOptions.Section, read));
        further?.Invoke(builder);
        return builder.Build();
    }

    public static MemoryConfigurationReport Report(IConfigurationRoot root) => MemoryConfiguration.Validate(root.GetSection(MemoryTriggersOptions.Section), root);
}
