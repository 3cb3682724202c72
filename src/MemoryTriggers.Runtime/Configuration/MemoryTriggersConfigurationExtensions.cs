using MemoryTriggers;
using MemoryTriggers.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.FileProviders;

namespace Microsoft.Extensions.Configuration;

/// <summary>Sources for the configuration of memory triggers.</summary>
public static class MemoryTriggersConfigurationExtensions
{
    /// <summary>
    /// Adds a YAML (or JSON) file with the keys of docs/configuration.md, the file for its environment beside it
    /// (<c>memory.production.yaml</c>), and the reference's environment variables (<c>MEMORY_BATCH_SIZE</c> and so on), which go before the
    /// files. They are put before the environment variables of .NET, if those are there already, so that <c>MemoryTriggers__...</c> and the
    /// command line go
    /// before all of them.
    /// </summary>
    /// <param name="builder">The sources so far.</param>
    /// <param name="path">The file; a relative path begins where those of the other files do.</param>
    /// <param name="modes">Whether it may be missing, and whether changes of it are followed.</param>
    /// <param name="section">The section that its values are in.</param>
    /// <exception cref="FileNotFoundException">
    /// When the configuration is built: the file is missing, and not <see cref="YamlFileModes.Optional"/>.
    /// </exception>
    public static IConfigurationBuilder AddMemoryTriggersYaml(
        this IConfigurationBuilder builder, string path, YamlFileModes modes = YamlFileModes.None, string section = MemoryTriggersOptions.Section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = builder.GetFileProvider() is PhysicalFileProvider files ? files.Root : AppContext.BaseDirectory;
        return builder.AddMemoryTriggersSources(
            new YamlConfigurationSource(Path.Combine(folder, path), section)
            {
                IsOptional = modes.HasFlag(YamlFileModes.Optional),
                ReloadOnChange = !modes.HasFlag(YamlFileModes.ReadOnce),
            },
            new ReferenceVariablesSource(section, Environment.GetEnvironmentVariable));
    }

    /// <summary>Adds the values of a preset; what is added later replaces them.</summary>
    /// <param name="builder">The sources so far.</param>
    /// <param name="environment"><c>development</c>, <c>testing</c>, <c>staging</c> or <c>production</c>; <c>reference</c> for the defaults
    /// that these are on top of.</param>
    /// <param name="section">The section that its values are in.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static IConfigurationBuilder AddMemoryTriggersEnvironment(
        this IConfigurationBuilder builder, string environment, string section = MemoryTriggersOptions.Section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        BuiltInEnvironments.Text(environment);
        return builder.AddMemoryTriggersSources(new BuiltInEnvironmentSource(section, environment));
    }

    internal static IConfigurationBuilder AddMemoryTriggersSources(this IConfigurationBuilder builder, params IConfigurationSource[] sources)
    {
        var variables = builder.Sources.ToList().FindLastIndex(static source => source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        for (var index = 0; index < sources.Length; index++) builder.Sources.Insert(variables >= 0 ? variables + index : builder.Sources.Count, sources[index]);
        return builder;
    }
}
