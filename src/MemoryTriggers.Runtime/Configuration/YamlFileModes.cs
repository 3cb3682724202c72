namespace MemoryTriggers;

/// <summary>How a configuration file is used.</summary>
[Flags]
public enum YamlFileModes
{
    /// <summary>It must be there when the configuration is built, and later changes of it are followed.</summary>
    None = 0,

    /// <summary>It may be missing.</summary>
    Optional = 1,

    /// <summary>It is read once; later changes have no effect.</summary>
    ReadOnce = 2,
}
