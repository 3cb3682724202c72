using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Files;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>How the LiteDB backend keeps its file.</summary>
public sealed class LiteDbBackendOptions
{
    internal const string DefaultName = "memory.litedb";

    /// <summary>
    /// The database file; its folder is created when missing. A relative path begins at the data folder of the runtime that uses the store,
    /// and at the current directory where there is none. <value><c>memory.litedb</c></value>
    /// </summary>
    [Required]
    public string Path { get; set; } = DefaultName;

    /// <summary>
    /// How long opening waits for another process that has the file open, 1 ms to 10 minutes. <value>5 s</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0010000", "00:10:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After how many pages of 8 KiB in the journal they are moved into the database, 10 to 100,000. <value>1,000</value>
    /// </summary>
    [Range(10, 100_000)]
    public int CheckpointPages { get; set; } = 1_000;

    /// <summary>
    /// Reads the whole file whenever it is opened, not only after an unclean shutdown. <value><see langword="false"/></value>
    /// </summary>
    public bool AlwaysCheckOnOpen { get; set; }

    /// <summary>Tools open a store that exists and is of this version; nothing is repaired.</summary>
    internal bool OpensExisting { get; set; }

    /// <summary>Tests put a disk with faults here.</summary>
    internal IDisk Disk { get; set; } = SystemDisk.Instance;

    // Later changes of the options, or of the current directory, must not reach an open backend.
    internal LiteDbBackendOptions Snapshot()
    {
        var copy = (LiteDbBackendOptions)MemberwiseClone();
        copy.Path = System.IO.Path.GetFullPath(Path);
        return copy;
    }
}
