using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>How the SQLite backend keeps its file.</summary>
public sealed class SqliteBackendOptions
{
    /// <summary>
    /// The database file; its directory is created when missing. A relative path begins at the data folder of the runtime that uses the
    /// store, and at the current directory where there is none.
    /// <value><c>memory.db</c></value>
    /// </summary>
    [Required]
    public string Path { get; set; } = "memory.db";

    /// <summary>How long to wait for another process that writes the same file. <value>5 seconds</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or more than ten minutes.</exception>
    public TimeSpan BusyTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(BusyTimeout));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(10), nameof(BusyTimeout));
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>After how many pages in the write-ahead log the writer moves them into the database. <value>4,000</value></summary>
    [Setting("Pages of the write-ahead log from which on they are moved into the database.", NeedsRestart = true)]
    [Range(100, 1_000_000)]
    public int CheckpointPages { get; set; } = 4_000;

    /// <summary>How many reads may run at once. <value>4</value></summary>
    [Range(1, 64)]
    public int MaxReaders { get; set; } = 4;

    /// <summary>The page cache of each connection, in KiB. <value>16,384</value></summary>
    [Setting("Kilobytes of the page cache of each connection.", Name = "cache_kb", NeedsRestart = true)]
    [Range(256, 4_194_304)]
    public int CacheKilobytes { get; set; } = 16_384;

    /// <summary>
    /// Checks the whole file whenever it is opened, not only after an unclean shutdown. <value><see langword="false"/></value>
    /// </summary>
    [Setting("Checks the whole file whenever it is opened, not only after an unclean shutdown.", NeedsRestart = true)]
    public bool AlwaysCheckOnOpen { get; set; }

    /// <summary>
    /// Tools open a store as it is: it must exist and be of this version, nothing is repaired or brought up to date, and no lock is taken
    /// but for writing.
    /// </summary>
    internal bool OpensExisting { get; set; }

    // Later changes of the options, or of the current directory, must not reach an open backend.
    internal SqliteBackendOptions Snapshot(string? folder = null)
    {
        var copy = (SqliteBackendOptions)MemberwiseClone();
        copy.Path = Files.DataDirectory.PathOf(folder ?? Environment.CurrentDirectory, Path);
        return copy;
    }
}
