namespace MemoryTriggers.Configuration;

/// <summary>One value of one source, under the key that Microsoft.Extensions.Configuration has for it, within the section.</summary>
internal readonly record struct SettingEntry(string Key, string? Value, MemoryConfigurationOrigin Origin)
{
    /// <summary>Whether it only says where a section or a list begins.</summary>
    public bool IsPlace { get; init; }
}
