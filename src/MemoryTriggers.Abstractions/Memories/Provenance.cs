namespace MemoryTriggers;

/// <summary>The origin of a memory and its last change.</summary>
public sealed record Provenance
{
    /// <summary>The module (by default the declaring type) that made the memory; <c>unknown</c> when not given.</summary>
    public string Module { get; init; } = "unknown";

    /// <summary>The task in which it was made; <c>none</c> when there was none.</summary>
    public string TaskId { get; init; } = NoTask;

    /// <summary>The session in which it was made, or <see langword="null"/>.</summary>
    public string? SessionId { get; init; }

    /// <summary>
    /// The user on whose behalf it was made, or <see langword="null"/> for a memory of no user, which every user sees.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary>Who made it, or <see langword="null"/>.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Who changed it last, or <see langword="null"/> when it was never changed.</summary>
    public string? UpdatedBy { get; init; }

    /// <summary>When it was changed last, in UTC, or <see langword="null"/> when it never was.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    internal const string NoTask = "none";
}
