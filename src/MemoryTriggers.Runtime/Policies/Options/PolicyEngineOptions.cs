using System.ComponentModel.DataAnnotations;

namespace MemoryTriggers;

/// <summary>The settings of a <see cref="PolicyEngine"/>.</summary>
public sealed class PolicyEngineOptions
{
    /// <summary>How many decisions are kept for inspection, 0 to 100,000. <value>1,000</value></summary>
    [Range(0, MaxKeptDecisions)]
    public int KeptDecisions { get; set; } = 1_000;

    internal const int MaxKeptDecisions = 100_000;
}
