using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>One of <c>types</c>: what is captured of a type of trigger. Immutable.</summary>
internal sealed record TypeSettings
{
    /// <summary>Whether it captures anything. <value>true</value></summary>
    [Setting("Whether triggers of the type capture anything.")]
    public bool Enabled { get; init; } = true;

    /// <summary>The least urgent priority that is captured. <value><c>low</c></value></summary>
    [Setting("The least urgent priority that is captured; what is less urgent is counted as `priority`.")]
    [AllowedValues("critical", "high", "medium", "low")]
    public string MinPriority { get; init; } = "low";

    /// <summary>How many may wait for the store, 0 to 100,000,000; 0 is no limit. <value>0</value></summary>
    [Setting("How many may wait for the store, 0 for no limit; one more is dropped and counted as `type_limit`.")]
    [Range(0, 100_000_000)]
    public int MaxPending { get; init; }
}
