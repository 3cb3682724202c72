using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>The section <c>delivery</c>: what <c>performance</c> does not say of the way to the store. Immutable; counts at the start.</summary>
public sealed record DeliverySettings
{
    /// <summary>How many kilobytes are stored together, 64 to 65,536. <value>4,096</value></summary>
    [Setting("Kilobytes that are stored together, at most.", NeedsRestart = true)]
    [Range(64, 64 * 1024)]
    public int BatchKb { get; init; } = 4 * 1024;

    /// <summary>How long the first memory after a pause waits for others, 0 to 10,000 ms. <value>20 ms</value></summary>
    [Setting("Milliseconds that the first memory after a pause waits for others.", NeedsRestart = true)]
    [Range(0, 10_000)]
    public int BatchAgeMs { get; init; } = 20;

    /// <summary>Whether batches follow what the store can do. <value>true</value></summary>
    [Setting("Lets the size of batches and their number at once follow what the store can do.", NeedsRestart = true)]
    public bool AutoTune { get; init; } = true;

    /// <summary>The longest pause between two attempts to store, 1 to 3,600 s. <value>30 s</value></summary>
    [Setting("Seconds of the longest pause between two attempts to store.", NeedsRestart = true)]
    [Range(1, 3_600)]
    public int MaxRetryDelay { get; init; } = 30;

    /// <summary>How long stopping may take, 0 to 600 s. <value>5 s</value></summary>
    [Setting("Seconds that stopping may take to store what is left.", NeedsRestart = true)]
    [Range(0, 600)]
    public int ShutdownTimeout { get; init; } = 5;
}
