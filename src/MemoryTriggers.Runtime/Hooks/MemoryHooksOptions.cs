using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The handling of the events of hooks.</summary>
public sealed class MemoryHooksOptions
{
    /// <summary>Whether hooks do anything. Off, they neither remember nor call back. <value>true</value></summary>
    [Setting("Whether hooks ([hooks.md](hooks.md)) do anything: off, they neither remember nor call back.", NeedsRestart = true)]
    public bool Enabled { get; set; } = true;

    /// <summary>Whether what succeeded is remembered. <value>true</value></summary>
    [Setting("Remembers what succeeded.", NeedsRestart = true)]
    public bool CaptureOnSuccess { get; set; } = true;

    /// <summary>Whether what failed is remembered, and errors. <value>true</value></summary>
    [Setting("Remembers what failed, and errors.", NeedsRestart = true)]
    public bool CaptureOnError { get; set; } = true;

    /// <summary>Whether the results of workflows and agents are remembered with them. <value>true</value></summary>
    [Setting("Remembers the results of workflows and agents with them.", NeedsRestart = true)]
    public bool CaptureResult { get; set; } = true;

    /// <summary>At how many characters the line of a memory is cut and marked, 64 to 10,000. <value>10,000</value></summary>
    [Setting("Characters at which the line of a memory is cut and marked.", NeedsRestart = true)]
    [Range(64, 10_000)]
    public int MaxContentLength { get; set; } = 10_000;

    /// <summary>
    /// How many bytes the metadata of an event may take, 256 to 32,768; what passes that is cut, or left out, and marked.
    /// <value>5,000</value>
    /// </summary>
    [Setting("Bytes that the metadata of an event may take; what passes that is cut, or left out, and marked.", NeedsRestart = true)]
    [Range(256, 32_768)]
    public int MaxMetadataSize { get; set; } = 5_000;

    /// <summary>How long an event waits for its callbacks, 10 ms to 10 minutes. <value>5 s</value></summary>
    [Setting("Seconds that an event waits for its callbacks.", Unit = SettingUnit.Seconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.0100000", "00:10:00")]
    public TimeSpan CallbackTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
