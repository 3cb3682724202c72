namespace MemoryTriggers.Configuration;

/// <summary>A configuration provider that knows more of its values than their keys. Thread-safe.</summary>
internal interface ISettingSource
{
    /// <summary>Its settings, in layers, the later over the earlier; keys begin below <see cref="Section"/>.</summary>
    IReadOnlyList<IReadOnlyList<SettingEntry>> Layers { get; }

    /// <summary>Whether it is a whole configuration, that must have what a document must have.</summary>
    bool IsDocument => false;

    /// <summary>The section that its values are in.</summary>
    string Section { get; }

    /// <summary>What is wrong with it as a document.</summary>
    IReadOnlyList<MemoryConfigurationIssue> Problems { get; }
}
