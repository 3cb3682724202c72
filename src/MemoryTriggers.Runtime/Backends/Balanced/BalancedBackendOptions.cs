using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>How a <see cref="BalancedBackend"/> finds out that one of its ways is unavailable, and when it tries that again.</summary>
public sealed class BalancedBackendOptions
{
    /// <summary>After how many failures in a row a node is skipped, 1 to 1,000. <value>3</value></summary>
    [Range(1, 1_000)]
    public int FailureThreshold { get; set; } = 3;

    /// <summary>How often skipped nodes are checked again, 10 ms to an hour. <value>5 s</value></summary>
    [TimeSpanRange("00:00:00.0100000", "01:00:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long one may take for one call before another is asked, 10 ms to 10 minutes. As a link of a chain it needs less than
    /// <see cref="CircuitBreakerOptions.OperationTimeout"/> of the chain, so that there is time for another. <value>4 s</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0100000", "00:10:00")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(4);
}
