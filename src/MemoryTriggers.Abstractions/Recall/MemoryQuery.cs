namespace MemoryTriggers;

/// <summary>Which memories to look at. Everything that is set must hold; what is not set does not restrict.</summary>
public sealed record MemoryQuery
{
    /// <summary>
    /// Only this project. In <see cref="IMemoryRecall"/>, none means that of the <see cref="MemoryContext"/>, else the configured one.
    /// </summary>
    public string? Project { get; init; }

    /// <summary>Looks across all projects. Recall is limited to one project otherwise.</summary>
    public bool AllProjects { get; init; }

    /// <summary>Only this category.</summary>
    public string? Category
    {
        get;
        init => field = MemoryCategories.Normalize(value);
    }

    /// <summary>Only this key.</summary>
    public string? Key { get; init; }

    /// <summary>Only this kind of entity.</summary>
    public string? EntityType { get; init; }

    /// <summary>Only this entity.</summary>
    public string? EntityId { get; init; }

    /// <summary>Only this source.</summary>
    public string? Source { get; init; }

    /// <summary>Only memories of this trigger.</summary>
    public TriggerType? TriggerType { get; init; }

    /// <summary>Only this outcome.</summary>
    public TriggerOutcome? Outcome { get; init; }

    /// <summary>Only this trace (32 hexadecimal digits).</summary>
    public string? TraceId { get; init; }

    /// <summary>Only memories made inside this one.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Memories with at least one of these tags.</summary>
    public IReadOnlyList<string> AnyTags { get; init; } = [];

    /// <summary>Memories with every one of these tags.</summary>
    public IReadOnlyList<string> AllTags { get; init; } = [];

    /// <summary>Created at this time or later; a memory of an operation is created when the operation ends.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Created before this time; a memory of an operation is created when the operation ends.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// Only memories of this user, and none of no user. In <see cref="IMemoryRecall"/> it stands before the user of the context.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary>
    /// Looks at the memories of all users. Inside a <see cref="MemoryContext"/> with a user, <see cref="IMemoryRecall"/> is limited to
    /// those of this user and of no user otherwise. Does not change what <see cref="UserId"/> restricts. Backends ignore it.
    /// </summary>
    public bool AllUsers { get; init; }

    /// <summary>
    /// Only memories that this user sees: the user's own, and those of no user; empty for those of no user only.
    /// <see cref="IMemoryRecall"/> sets it by itself.
    /// </summary>
    public string? VisibleTo { get; init; }

    /// <summary>Only memories made in this session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Only this priority.</summary>
    public TriggerPriority? Priority { get; init; }

    /// <summary>Only memories that this one replaces: its earlier versions among them.</summary>
    public Guid? SupersededBy { get; init; }

    /// <summary>Only memories that expire before this time. What never expires is left out.</summary>
    public DateTimeOffset? ExpiresBefore { get; init; }

    /// <summary>
    /// Reads the past: memories that were there at this time, in the version of then, without those that had expired by then.
    /// </summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>
    /// Only memories that nothing replaces, and that have not expired at this time. <see cref="IMemoryRecall"/> sets it by itself.
    /// </summary>
    public DateTimeOffset? CurrentAt { get; init; }

    /// <summary>
    /// In <see cref="IMemoryRecall"/>: also memories that are replaced or have expired, which it leaves out otherwise.
    /// Backends ignore it.
    /// </summary>
    public bool IncludePast { get; init; }

    /// <summary>How many to return at most, 1 to 1,000. <value>10</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public int Limit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Limit));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxLimit, nameof(Limit));
            field = value;
        }
    } = DefaultLimit;

    /// <summary>How many to skip. <value>0</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Offset
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Offset));
            field = value;
        }
    }

    /// <summary>The default of <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 10;

    /// <summary>The greatest <see cref="Limit"/>.</summary>
    public const int MaxLimit = 1_000;
}
