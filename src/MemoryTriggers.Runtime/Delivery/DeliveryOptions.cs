using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>How records go from the journal to the store.</summary>
public sealed class DeliveryOptions
{
    /// <summary>How many records go into one transaction at most, 1 to 10,000. <value>500</value></summary>
    [Setting("Memories that are stored together, at most.", Section = "performance", Most = 1_000)]
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>How many bytes of records go into one transaction at most, 64 KiB to 64 MiB. <value>4 MiB</value></summary>
    [Setting("Kilobytes that are stored together, at most.", Name = "batch_kb", Unit = SettingUnit.Kilobytes, NeedsRestart = true)]
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int BatchBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long a record may wait for others, so that they are stored together, 0 to 1 minute. Nothing waits when a batch is full, for a
    /// critical record, or for a flush. <value>250 ms</value>
    /// </summary>
    [Setting(
        "Milliseconds that a memory may wait for others; a full batch or a critical memory does not wait.",
        Name = "batch_age_ms", Unit = SettingUnit.Milliseconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00", "00:01:00")]
    public TimeSpan BatchAge { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many batches may be on their way to the store at once, 1 to 100. <value>4</value></summary>
    [Setting("Batches on their way to the store at once, at most.", Section = "performance", Name = "max_concurrent_operations")]
    [Range(1, 100)]
    public int Concurrency { get; set; } = 4;

    /// <summary>
    /// Whether batch size and concurrency follow the measured latency and throughput of the store, up to <see cref="BatchSize"/> and
    /// <see cref="Concurrency"/>. Off, they are as configured. <value>true</value>
    /// </summary>
    [Setting("Lets the size of batches and their number at once follow what the store can do.", NeedsRestart = true)]
    public bool AutoTune { get; set; } = true;

    /// <summary>
    /// How many records a second go to the store at most, 0 to 1,000,000; 0 is no limit. The rest waits in the journal. <value>0</value>
    /// </summary>
    [Range(0, 1_000_000)]
    public int OperationsPerSecond { get; set; }

    /// <summary>
    /// How many uneventful successes of an operation become memories each hour, where its trigger does not remember each of them, 0 to
    /// 3,600. The others are counted with their durations. <value>1</value>
    /// </summary>
    [Setting("Successes an hour of an operation that a broad trigger remembers; the others are counted.", NeedsRestart = true)]
    [Range(0, 3_600)]
    public int SamplesPerHour { get; set; } = 1;

    /// <summary>
    /// From how many times the usual duration of its operation on (95 % of the earlier successes are faster) a success of a broad trigger
    /// counts as slow and is remembered, 1 to 1,000. At least 10 ms, at most 20 memories an operation and hour. <value>2</value>
    /// </summary>
    [Setting("Times the usual duration of an operation from which on a success counts as slow.", NeedsRestart = true)]
    [Range(1.0, 1_000.0)]
    public double SlowFactor { get; set; } = 2;

    /// <summary>How long one attempt to store a batch may take, 100 ms to 10 minutes. <value>30 s</value></summary>
    [TimeSpanRange("00:00:00.1000000", "00:10:00")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the first retry, doubled for each further one and jittered, 1 ms to 1 minute. <value>1 s</value></summary>
    [TimeSpanRange("00:00:00.0010000", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between retries, 1 ms to 1 hour. <value>30 s</value></summary>
    [Setting("Seconds of the longest pause between two attempts to store.", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.0010000", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long stopping may take to store what is pending, 0 to 10 minutes. What is left then stays in the journal for the next
    /// start. <value>5 s</value>
    /// </summary>
    [Setting("Seconds that stopping may take to store what is left.", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00", "00:10:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the jitter of repeated attempts comes from: numbers from 0 to 1. Tests draw them from a seed.</summary>
    internal Func<double> Random { get; set; } = System.Random.Shared.NextDouble;
}
