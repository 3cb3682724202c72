using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>The section <c>journal</c>: where memories wait for the store. Immutable; counts at the start.</summary>
public sealed record JournalSettings
{
    /// <summary>Its folder. <value>In the data folder</value></summary>
    [Setting("Its folder; in the data folder when not set.", NeedsRestart = true)]
    public string? Directory { get; init; }

    /// <summary>The size of a file of it, 64 KiB to 64 MiB. <value>4,096 KiB</value></summary>
    [Setting("Kilobytes of one of its files.", NeedsRestart = true)]
    [Range(64, 64 * 1024)]
    public int SegmentKb { get; init; } = 4 * 1024;

    /// <summary>How large it may get, 1 MiB to 4 TiB. <value>1,024 MiB</value></summary>
    [Setting("Megabytes that it may take.", NeedsRestart = true)]
    [Range(1, 4 * 1024 * 1024)]
    public int MaxMb { get; init; } = 1024;

    /// <summary>What happens when it is full. <value><c>drop_newest</c></value></summary>
    [Setting("What happens when it is full.", NeedsRestart = true)]
    [AllowedValues("drop_newest", "block", "drop_lowest_priority", "spill")]
    public string Overflow { get; init; } = "drop_newest";

    /// <summary>How long a call may wait for room, 0 to 10,000 ms. <value>50 ms</value></summary>
    [Setting("Milliseconds that a call may wait for room, with `block` and `drop_lowest_priority`.", NeedsRestart = true)]
    [Range(0, 10_000)]
    public int OverflowWaitMs { get; init; } = 50;

    /// <summary>How much more it may take with <c>spill</c>, 1 MiB to 4 TiB. <value>4,096 MiB</value></summary>
    [Setting("Megabytes that it may take besides, with `spill`.", NeedsRestart = true)]
    [Range(1, 4 * 1024 * 1024)]
    public int SpillMb { get; init; } = 4 * 1024;

    /// <summary>How long a memory may wait to be forced to disk, 0 to 60,000 ms. <value>50 ms</value></summary>
    [Setting("Milliseconds until a memory is forced to disk; critical ones are at once.", NeedsRestart = true)]
    [Range(0, 60_000)]
    public int SyncIntervalMs { get; init; } = 50;

    /// <summary>How long a call may wait that asks for it, 1 to 60,000 ms. <value>5,000 ms</value></summary>
    [Setting("Milliseconds that a call with `MemoryDurability.Synced` may wait.", NeedsRestart = true)]
    [Range(1, 60_000)]
    public int SyncWaitMs { get; init; } = 5_000;

    /// <summary>The largest memory, 1 to 8,192 KiB. <value>128 KiB</value></summary>
    [Setting("Kilobytes of the largest memory; it must fit into half a file.", NeedsRestart = true)]
    [Range(1, 8 * 1024)]
    public int MaxRecordKb { get; init; } = 128;

    /// <summary>What damaged parts may take that are kept aside, 0 to 4 TiB. <value>64 MiB</value></summary>
    [Setting("Megabytes of damaged parts that are kept aside; the oldest go first.", NeedsRestart = true)]
    [Range(0, 4 * 1024 * 1024)]
    public int QuarantineMb { get; init; } = 64;

    /// <summary>How long they are kept, 1 to 3,650 days. <value>30 days</value></summary>
    [Setting("Days that damaged parts are kept aside.", NeedsRestart = true)]
    [Range(1, 3_650)]
    public int QuarantineDays { get; init; } = 30;
}
