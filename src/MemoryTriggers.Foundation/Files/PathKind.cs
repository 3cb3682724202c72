namespace MemoryTriggers.Files;

/// <summary>What a path names.</summary>
internal enum PathKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, to whatever.</summary>
    Link,

    /// <summary>A pipe, a socket or a device: reading it may never end.</summary>
    Special,
}
