using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The limits of one type of trigger.</summary>
public sealed class TriggerTypeOptions
{
    /// <summary>
    /// Whether triggers of the type capture anything. Off, a decorated method costs what it costs without a runtime. <value>true</value>
    /// </summary>
    [Setting("Whether triggers of the type capture anything.")]
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The least urgent priority that is captured; what is less urgent is left out and counted as <c>priority</c>.
    /// <value>low: all</value>
    /// </summary>
    [Setting("The least urgent priority that is captured; what is less urgent is counted as `priority`.")]
    public TriggerPriority MinPriority { get; set; } = TriggerPriority.Low;

    /// <summary>
    /// How many records of the type may wait for the store at a time, of those that this process has captured. One more is dropped and
    /// counted as <c>type_limit</c>. <value>0: no limit but that of the journal</value>
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    [Setting(
        "How many may wait for the store, 0 for no limit; one more is dropped and counted as `type_limit`.",
        Least = 0, Most = 100_000_000)]
    public int MaxPending
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxPending));
            field = value;
        }
    }
}
