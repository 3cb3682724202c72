using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The settings of the <see cref="JsonFileMemoryBackend"/>.</summary>
public sealed class JsonFileBackendOptions
{
    /// <summary>
    /// The file. A relative path begins at the data folder of the runtime that uses the store, and at the current directory where there is
    /// none. <value><c>memory.json</c></value>
    /// </summary>
    [Required]
    public string Path { get; set; } = "memory.json";

    /// <summary>Above how many memories it says that another store would be better, 1 to 1,000,000. <value>1,000</value></summary>
    [Range(1, 1_000_000)]
    public int WarnAbove { get; set; } = 1_000;

    /// <summary>How long to wait for another process that writes the file, 1 ms to 10 minutes. <value>5 s</value></summary>
    [TimeSpanRange("00:00:00.0010000", "00:10:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Tests put a disk with faults here.</summary>
    internal Files.IDisk Disk { get; set; } = Files.SystemDisk.Instance;
}
