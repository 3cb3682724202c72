using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The limits of one type of trigger.</summary>
public sealed class TriggerTypeOptions
{
    private const int MostTogether = 10_000;

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

    /// <summary>
    /// How many memories of the type are stored together at most, without memories of other types, 0 to 10,000. One that is larger than
    /// <see cref="DeliveryOptions.BatchSize"/> counts as that. <value>0: they go with those of other types</value>
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    [Setting(
        "How many are stored together, at most, without those of other types; 0: together with the others, up to `performance.batch_size`.",
        Least = 0, Most = 1_000)]
    public int BatchSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(BatchSize));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostTogether, nameof(BatchSize));
            field = value;
        }
    }

    /// <summary>
    /// How long a record of the type may wait for others, as <see cref="DeliveryOptions.BatchAge"/>, 0 to 1 minute. It waits shorter when a
    /// record that waits with it may not wait as long. <value>None: as <see cref="DeliveryOptions.BatchAge"/></value>
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    [Setting(
        "Milliseconds that one may wait for others; as `delivery.batch_age_ms` when not set.", Name = "batch_age_ms",
        Unit = SettingUnit.Milliseconds, Least = 0, Most = 60_000)]
    public TimeSpan? BatchAge
    {
        get;
        set
        {
            if (value is { } age) Within(age, TimeSpan.Zero, TimeSpan.FromMinutes(1), nameof(BatchAge));
            field = value;
        }
    }

    /// <summary>
    /// How long one attempt to store memories of the type may take, as <see cref="DeliveryOptions.OperationTimeout"/>, 100 ms to 10
    /// minutes; they are stored without memories of other types. <value>None: as <see cref="DeliveryOptions.OperationTimeout"/></value>
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    [Setting(
        "Seconds that one attempt to store them may take; as for all when not set.", Name = "timeout_seconds",
        Unit = SettingUnit.Seconds, Least = 0.1, Most = 600)]
    public TimeSpan? Timeout
    {
        get;
        set
        {
            if (value is { } time) Within(time, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), nameof(Timeout));
            field = value;
        }
    }

    /// <summary>Whether memories of the type are stored without those of others.</summary>
    internal bool IsApart => BatchSize > 0 || Timeout is not null;

    /// <summary>Whether nothing is limited.</summary>
    internal bool IsNone =>
        this is { Enabled: true, MinPriority: TriggerPriority.Low, MaxPending: 0, BatchSize: 0, BatchAge: null, Timeout: null };

    internal TriggerTypeOptions Copy() => (TriggerTypeOptions)MemberwiseClone();

    private static void Within(TimeSpan value, TimeSpan least, TimeSpan most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
