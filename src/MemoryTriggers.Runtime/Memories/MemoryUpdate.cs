using System.Text.Json;

namespace MemoryTriggers;

/// <summary>The changes of a memory. Members that are not set stay unchanged. Immutable.</summary>
public sealed record MemoryUpdate
{
    /// <summary>A new value, replacing the whole old one.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Another line. <value>Derived from key and value again, if the old one was and the value changes</value></summary>
    public string? Content { get; init; }

    /// <summary>New tags, replacing all old ones.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Another category.</summary>
    public string? Category { get; init; }

    /// <summary>Another priority.</summary>
    public TriggerPriority? Priority { get; init; }

    /// <summary>Another outcome.</summary>
    public TriggerOutcome? Outcome { get; init; }

    /// <summary>Another judgement of its quality, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public double? QualityScore
    {
        get;
        init
        {
            if (value is < 0 or > 1 or double.NaN)
                throw new ArgumentOutOfRangeException(nameof(QualityScore), value, "A quality score is between 0 and 1.");
            field = value;
        }
    }

    /// <summary>Another time after which it may be forgotten, counted from the change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan? TimeToLive
    {
        get;
        init
        {
            if (value <= TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(TimeToLive), value, "A memory lives for some time, or for ever.");
            field = value;
        }
    }

    /// <summary>Who changes it; noted in <see cref="Provenance.UpdatedBy"/>. <value><c>unknown</c></value></summary>
    public string Module { get; init; } = "unknown";
}
