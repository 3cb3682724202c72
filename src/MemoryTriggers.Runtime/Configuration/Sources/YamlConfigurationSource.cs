using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>A YAML or JSON file, and the one for its environment beside it.</summary>
internal sealed class YamlConfigurationSource(string path, string section) : IConfigurationSource
{
    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Section { get; } = section;

    public bool IsOptional { get; set; }

    public bool ReloadOnChange { get; set; } = true;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Func<string, string?> Variables { get; init; } = Environment.GetEnvironmentVariable;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new YamlConfigurationProvider(this);
}
