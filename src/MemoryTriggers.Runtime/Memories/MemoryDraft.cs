using System.Text.Json;

namespace MemoryTriggers;

/// <summary>A memory that a program wants to keep. Immutable.</summary>
public sealed record MemoryDraft
{
    /// <summary>A name to find it by. Several memories may share one; the newest answers then.</summary>
    public required string Key { get; init; }

    /// <summary>The value, as JSON; see <see cref="MemoryValue"/>. <value>An empty object</value></summary>
    public JsonElement Value { get; init; } = MemoryEntry.EmptyObject;

    /// <summary>One readable line, which is what is searched. <value>Made of the key and the value</value></summary>
    public string? Content { get; init; }

    /// <summary>The group it belongs to. <value><c>project</c></value></summary>
    public string Category { get; init; } = MemoryCategories.Project;

    /// <summary>Words to filter by. <value>None</value></summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The kind of entity that it is about, such as <c>task</c>, <c>tool</c>, <c>device</c>. <value>None</value></summary>
    public string? EntityType { get; init; }

    /// <summary>Which one of them. <value>None</value></summary>
    public string? EntityId { get; init; }

    /// <summary>The project. <value>That of the <see cref="MemoryContext"/>, else the configured one, else
    /// <c>unknown</c></value></summary>
    public string? Project { get; init; }

    /// <summary>The source. <value><c>program</c></value></summary>
    public string Source { get; init; } = "program";

    /// <summary>How urgent it is. <value><see cref="TriggerPriority.Medium"/></value></summary>
    public TriggerPriority Priority { get; init; } = TriggerPriority.Medium;

    /// <summary>How what it tells of ended. <value><see cref="TriggerOutcome.Success"/></value></summary>
    public TriggerOutcome Outcome { get; init; }

    /// <summary>How good it is, 0 to 1. <value>Unrated</value></summary>
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

    /// <summary>After what time it may be forgotten. <value>Never</value></summary>
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

    /// <summary>The module that makes it. <value><c>unknown</c></value></summary>
    public string Module { get; init; } = "unknown";

    /// <summary>The task in which it is made. <value><c>none</c></value></summary>
    public string TaskId { get; init; } = "none";

    /// <summary>
    /// The user to whom it belongs. <value>That of the <see cref="MemoryContext"/>; without one, no user: every user sees it</value>
    /// </summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string? UserId
    {
        get;
        init => field = RequireText(value, nameof(UserId));
    }

    /// <summary>
    /// Whether it belongs to no user, so that every user sees it, also inside a <see cref="MemoryContext"/> with a user.
    /// <value><see langword="false"/></value>
    /// </summary>
    public bool AllUsers { get; init; }

    /// <summary>The session in which it is made. <value>That of the <see cref="MemoryContext"/>, else none</value></summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string? SessionId
    {
        get;
        init => field = RequireText(value, nameof(SessionId));
    }

    /// <summary>
    /// When what it tells of happened, from 1970 on and at most five minutes ahead. Recall orders and filters by it. <value>Now</value>
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is before 1970.</exception>
    public DateTimeOffset? CreatedAt
    {
        get;
        init
        {
            if (value < DateTimeOffset.UnixEpoch)
                throw new ArgumentOutOfRangeException(nameof(CreatedAt), value, "A memory is of 1970 or later.");
            field = value?.ToUniversalTime();
        }
    }

    private static string? RequireText(string? text, string name) =>
        text is null || !string.IsNullOrWhiteSpace(text) ? text : throw new ArgumentException("It is a name, or none.", name);
}
