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
    /// <param name="isOptional">Whether it may be missing.</param>
    /// <param name="section">The section that its values are in.</param>
    /// <exception cref="FileNotFoundException">
    /// When the configuration is built: the file is missing, and not optional.
    /// </exception>
    public static IConfigurationBuilder AddMemoryTriggersYaml(
        this IConfigurationBuilder builder, string path, bool isOptional = false, string section = MemoryTriggersOptions.Section) =>
        builder.AddMemoryTriggersYaml(path, source => source.IsOptional = isOptional, section);

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

    /// <summary>Adds a YAML file, with the settings of its source that tests need.</summary>
    internal static IConfigurationBuilder AddMemoryTriggersYaml(
        this IConfigurationBuilder builder, string path, Action<YamlConfigurationSource> configure,
        string section = MemoryTriggersOptions.Section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = builder.GetFileProvider() is PhysicalFileProvider files ? files.Root : AppContext.BaseDirectory;
        var source = new YamlConfigurationSource(Path.Combine(folder, path), section);
        configure(source);
        return builder.AddMemoryTriggersSources(source, new ReferenceVariablesSource(section, Environment.GetEnvironmentVariable));
    }

    internal static IConfigurationBuilder AddMemoryTriggersSources(
        this IConfigurationBuilder builder, params IConfigurationSource[] sources)
    {
        var variables = builder.Sources.ToList()
            .FindLastIndex(static source => source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        for (var index = 0; index < sources.Length; index++)
            builder.Sources.Insert(variables >= 0 ? variables + index : builder.Sources.Count, sources[index]);
        return builder;
    }
}
