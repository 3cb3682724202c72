using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>How a <see cref="BackendChain"/> finds out that a store is unavailable, and what it does until it is back.</summary>
public sealed class BackendChainOptions
{
    /// <summary>
    /// The file that notes which memories are in a lower store and have to go back to the first. A relative path begins at the data
    /// folder of the runtime that uses the chain, and at the current directory where there is none. <value>None: they are known to this
    /// process only, and stay where they are when it ends</value>
    /// </summary>
    public string? BacklogPath { get; set; }

    /// <summary>
    /// The circuit breaker that each store has. <value>As everywhere, but two successes close it, and a store may take 10 s for a call
    /// before the next one is asked</value>
    /// </summary>
    [ValidateObjectMembers]
    public CircuitBreakerOptions CircuitBreaker { get; set; } = new() { SuccessThreshold = 2, OperationTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>
    /// How often opening a store is tried at the start, 1 to 100. One that does not open then is tried again before each use.
    /// <value>3</value>
    /// </summary>
    [Range(1, 100)]
    public int StartAttempts { get; set; } = 3;

    /// <summary>How long one of these attempts may take, 10 ms to 10 minutes. All stores are tried at once. <value>2 s</value></summary>
    [TimeSpanRange("00:00:00.0100000", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it waits between two of them, 10 ms to 1 minute. <value>200 ms</value></summary>
    [TimeSpanRange("00:00:00.0100000", "00:01:00")]
    public TimeSpan StartPause { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the chain looks whether memories can go back to the first store, 10 ms to an hour. <value>5 s</value></summary>
    [TimeSpanRange("00:00:00.0100000", "01:00:00")]
    public TimeSpan ReturnInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many go back at a time, 1 to 1,000. <value>200</value></summary>
    [Range(1, 1_000)]
    public int ReturnBatch { get; set; } = 200;

    /// <summary>
    /// How long one store may take for a read, 10 ms to 10 minutes, so that the next one is asked in time.
    /// <value>An equal share of 5 s</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0100000", "00:10:00")]
    public TimeSpan? ReadTimeout { get; set; }
}
