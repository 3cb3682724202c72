using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryTriggers;

/// <summary>One memory: what ran, for which project, how it ended, and what was learned. Immutable.</summary>
public sealed record MemoryEntry
{
    /// <summary>128 bits, in time order (the layout of UUID version 7, RFC 9562). Backends are idempotent by it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The group it belongs to; see <see cref="MemoryCategories"/>.</summary>
    public string Category
    {
        get;
        init => field = MemoryCategories.Normalize(value);
    } = MemoryCategories.Project;

    /// <summary>A name to find it by; several memories may share one, and then the newest answers.</summary>
    public required string Key { get; init; }

    /// <summary>One readable line. This is what full-text search indexes.</summary>
    public required string Content { get; init; }

    /// <summary>Everything captured, as JSON: arguments, result, exception, metadata. An empty object when nothing was.</summary>
    public JsonElement Value { get; init; } = EmptyObject;

    /// <summary>Words to filter by, without duplicates.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The kind of entity that the memory is about: <c>workflow</c>, <c>agent</c>, <c>issue</c> and so on.</summary>
    public string? EntityType { get; init; }

    /// <summary>Which one of them, such as <c>ISS-0124</c>.</summary>
    public string? EntityId { get; init; }

    /// <summary>The project it belongs to; <c>unknown</c> when not given.</summary>
    public string Project { get; init; } = UnknownProject;

    /// <summary>Who reported it: a trigger's source, such as <c>qa_agent</c>.</summary>
    public string Source { get; init; } = "framework";

    /// <summary>The trigger that made it, or <see langword="null"/> for a memory that a program wrote itself.</summary>
    public TriggerType? TriggerType { get; init; }

    /// <summary>How urgent it was.</summary>
    public TriggerPriority Priority { get; init; } = TriggerPriority.Medium;

    /// <summary>How the operation ended.</summary>
    public TriggerOutcome Outcome { get; init; }

    /// <summary>How long the operation took; zero for a memory that is not about an operation.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How good the memory is, 0 to 1, or <see langword="null"/> when unrated.</summary>
    public double? QualityScore { get; init; }

    /// <summary>When the operation ended, in UTC: the memory's place in time, by which recall orders and filters.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the operation began, in UTC: <see cref="Duration"/> before <see cref="CreatedAt"/>. Computed, never stored.</summary>
    [JsonIgnore]
    public DateTimeOffset StartedAt =>
        Duration < CreatedAt - DateTimeOffset.MinValue ? CreatedAt - Duration : DateTimeOffset.MinValue;

    /// <summary>When the memory was last changed, in UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it may be forgotten, in UTC, or <see langword="null"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>32 hexadecimal digits that all memories of one flow share, as in W3C Trace Context.</summary>
    public string? TraceId { get; init; }

    /// <summary>16 hexadecimal digits: the span that was current at capture, if there was one.</summary>
    public string? SpanId { get; init; }

    /// <summary>The memory of the operation inside which this one ran.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The memory that replaces this one. An earlier version of a memory has the id of the present one here.</summary>
    public Guid? SupersededBy { get; init; }

    /// <summary>Since when it is replaced, in UTC, or <see langword="null"/> while it is not.</summary>
    public DateTimeOffset? SupersededAt { get; init; }

    /// <summary>How often the same was remembered, 1 or more: an exact repeat counts here instead of being a memory of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long Occurrences
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Occurrences));
            field = value;
        }
    } = 1;

    /// <summary>When it was repeated last, in UTC, or <see langword="null"/> when it never was.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>An earlier memory that says nearly the same, or <see langword="null"/>.</summary>
    public Guid? SimilarTo { get; init; }

    /// <summary>Where it comes from.</summary>
    public Provenance Provenance { get; init; } = new();

    /// <summary>The project of a memory without a named project.</summary>
    public const string UnknownProject = "unknown";

    internal static JsonElement EmptyObject { get; } = JsonElement.Parse("{}");
}
