using System.Buffers.Binary;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>Where and how capture records wait on disk until a backend has stored them.</summary>
public sealed class JournalOptions
{
    /// <summary>The smallest <see cref="SegmentBytes"/>.</summary>
    public const int MinSegmentBytes = 64 * 1024;

    /// <summary>The largest <see cref="SegmentBytes"/>.</summary>
    public const int MaxSegmentBytes = 64 * 1024 * 1024;

    /// <summary>The smallest <see cref="MaxBytes"/>.</summary>
    public const long MinTotalBytes = 256 * 1024;

    /// <summary>The largest <see cref="MaxBytes"/>.</summary>
    public const long MaxTotalBytes = 1L << 42;

    /// <summary>The largest <see cref="MaxRecordBytes"/>.</summary>
    public const int MaxRecordBytesLimit = 8 * 1024 * 1024;

    /// <summary>The directory of the journal. One process at a time owns it. A relative path begins at the data folder.</summary>
    /// <value>Empty by default: the runtime chooses a directory.</value>
    [Setting("Its folder; a relative path begins at the data folder, and so does `journal`, its default.", NeedsRestart = true)]
    public string Directory { get; set; } = "";

    /// <summary>The size of one segment file. Segments are allocated whole and reused.</summary>
    /// <value>4 MB by default.</value>
    [Setting("Kilobytes of one of its files.", Name = "segment_kb", Unit = SettingUnit.Kilobytes, NeedsRestart = true)]
    [Range(MinSegmentBytes, MaxSegmentBytes)]
    public int SegmentBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most that all segments together may take. Past it, records are dropped and counted.</summary>
    /// <value>1 GB by default.</value>
    [Setting("Megabytes that it may take.", Name = "max_mb", Unit = SettingUnit.Megabytes, NeedsRestart = true)]
    [Range((double)MinTotalBytes, MaxTotalBytes)]
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The handling of a record when <see cref="MaxBytes"/> is reached.</summary>
    /// <value><see cref="JournalOverflow.DropNewest"/> by default.</value>
    [Setting("What happens when it is full.", NeedsRestart = true)]
    [EnumDataType(typeof(JournalOverflow))]
    public JournalOverflow Overflow { get; set; } = JournalOverflow.DropNewest;

    /// <summary>
    /// How long a call may wait at most for room, with <see cref="JournalOverflow.Block"/> and
    /// <see cref="JournalOverflow.DropLowestPriority"/>. Without meaning otherwise.
    /// </summary>
    /// <value>50 ms by default; at most 10 s.</value>
    [Setting(
        "Milliseconds that a call may wait for room, with `block` and `drop_lowest_priority`.",
        Name = "overflow_wait_ms", Unit = SettingUnit.Milliseconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00", "00:00:10")]
    public TimeSpan OverflowWait { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How much disk may be taken beyond <see cref="MaxBytes"/>, with <see cref="JournalOverflow.Spill"/>.</summary>
    /// <value>4 GB by default.</value>
    [Setting("Megabytes that it may take besides, with `spill`.", Name = "spill_mb", Unit = SettingUnit.Megabytes, NeedsRestart = true)]
    [Range((double)MinTotalBytes, MaxTotalBytes)]
    public long SpillBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How long a record may wait to be forced to disk; critical ones never wait. Zero forces each at once.</summary>
    /// <value>50 ms by default; at most a minute.</value>
    [Setting(
        "Milliseconds until a memory is forced to disk; critical ones are at once.",
        Name = "sync_interval_ms", Unit = SettingUnit.Milliseconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00", "00:01:00")]
    public TimeSpan SyncInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a call may wait at most whose trigger asks for <see cref="MemoryDurability.Synced"/>.</summary>
    /// <value>5 s by default; 1 ms to a minute.</value>
    [Setting(
        "Milliseconds that a call with `MemoryDurability.Synced` may wait.",
        Name = "sync_wait_ms", Unit = SettingUnit.Milliseconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.0010000", "00:01:00")]
    public TimeSpan SyncWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest record; it must fit into half a segment.</summary>
    /// <value>128 KB by default.</value>
    [Setting(
        "Kilobytes of the largest memory; it must fit into half a file.",
        Name = "max_record_kb", Unit = SettingUnit.Kilobytes, NeedsRestart = true)]
    [Range(256, MaxRecordBytesLimit)]
    public int MaxRecordBytes { get; set; } = 128 * 1024;

    /// <summary>
    /// The most bytes of damaged parts that are kept for inspection; the oldest are deleted first. Checked when the journal is opened.
    /// </summary>
    /// <value>64 MB by default; 0 to 4 TB.</value>
    [Setting(
        "Megabytes of damaged parts that are kept aside; the oldest go first.",
        Name = "quarantine_mb", Unit = SettingUnit.Megabytes, NeedsRestart = true)]
    [Range(0.0, MaxTotalBytes)]
    public long QuarantineBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How long damaged parts are kept aside.</summary>
    /// <value>30 days by default; an hour to 10 years.</value>
    [Setting("Days that damaged parts are kept aside.", Name = "quarantine_days", Unit = SettingUnit.WholeDays, NeedsRestart = true)]
    [TimeSpanRange("01:00:00", "3650.00:00:00")]
    public TimeSpan QuarantineAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Tests force a mode here; null asks the file system.</summary>
    internal Journal.JournalMode? ForcedMode { get; set; }

    /// <summary>Tests that decide themselves when which step is done; see <see cref="Journal.CaptureJournal.Pass"/>.</summary>
    internal bool HasNoThreads { get; set; }

    /// <summary>What tells the frames of one use of a segment from those of another. Tests draw it from a seed.</summary>
    internal Func<ulong> Nonce { get; set; } = static () => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    /// <summary>Tests put a disk with faults here.</summary>
    internal Files.IDisk Disk { get; set; } = Files.SystemDisk.Instance;
}
