using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>The section <c>hooks</c>: what becomes of the events of hooks (docs/hooks.md). Immutable; counts at the start.</summary>
public sealed record HookSettings
{
    /// <summary>Whether hooks do anything. <value>true</value></summary>
    [Setting("Whether hooks ([hooks.md](hooks.md)) do anything: off, they neither remember nor call back.", NeedsRestart = true)]
    public bool Enabled { get; init; } = true;

    /// <summary>Whether what succeeded is remembered. <value>true</value></summary>
    [Setting("Remembers what succeeded.", NeedsRestart = true)]
    public bool CaptureOnSuccess { get; init; } = true;

    /// <summary>Whether what failed is remembered. <value>true</value></summary>
    [Setting("Remembers what failed, and errors.", NeedsRestart = true)]
    public bool CaptureOnError { get; init; } = true;

    /// <summary>Whether the results of workflows and agents are remembered. <value>true</value></summary>
    [Setting("Remembers the results of workflows and agents with them.", NeedsRestart = true)]
    public bool CaptureResult { get; init; } = true;

    /// <summary>At how many characters a line is cut, 64 to 10,000. <value>10,000</value></summary>
    [Setting("Characters at which the line of a memory is cut and marked.", NeedsRestart = true)]
    [Range(64, 10_000)]
    public int MaxContentLength { get; init; } = 10_000;

    /// <summary>How many bytes the metadata may take, 256 to 32,768. <value>5,000</value></summary>
    [Setting("Bytes that the metadata of an event may take; what passes that is cut, or left out, and marked.", NeedsRestart = true)]
    [Range(256, 32_768)]
    public int MaxMetadataSize { get; init; } = 5_000;

    /// <summary>How long an event waits for its callbacks, 0.01 to 600 s. <value>5 s</value></summary>
    [Setting("Seconds that an event waits for its callbacks.", NeedsRestart = true)]
    [Range(0.01, 600.0)]
    public double CallbackTimeout { get; init; } = 5;
}
