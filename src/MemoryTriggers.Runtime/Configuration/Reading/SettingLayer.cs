namespace MemoryTriggers.Configuration;

/// <summary>What one source says.</summary>
/// <param name="Entries">Its values.</param>
/// <param name="IsDocument">Whether it is a whole configuration, that must have what a document must have.</param>
internal sealed record SettingLayer(IReadOnlyList<SettingEntry> Entries, bool IsDocument = false);
