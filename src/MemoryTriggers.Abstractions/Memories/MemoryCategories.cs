using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>
/// The usual categories; triggers use the first three by themselves. A category is an open string: programs may use their own. It is kept
/// in lower case, without white space around it: <c>BUG</c> and <c>bug</c> are one.
/// </summary>
public static class MemoryCategories
{
    /// <summary>Issues, milestones and decisions of a project. The default.</summary>
    public const string Project = "project";

    /// <summary>Workflows, agent work, knowledge and detected patterns.</summary>
    public const string Pattern = "pattern";

    /// <summary>Errors and how they were resolved.</summary>
    public const string Error = "error";

    /// <summary>Bugs.</summary>
    public const string Bug = "bug";

    /// <summary>Agreements of a team.</summary>
    public const string Team = "team";

    /// <summary>Feedback of users.</summary>
    public const string UserFeedback = "user_feedback";

    /// <summary>The system around a program: machines, runtimes, resources.</summary>
    public const string System = "system";

    /// <summary>Frameworks and tools that a program is built with.</summary>
    public const string Framework = "framework";

    /// <summary>Quality assurance: tests and their results.</summary>
    public const string Qa = "qa";

    /// <summary>The connection to other systems.</summary>
    public const string Integration = "integration";

    /// <summary>Speed and the use of resources.</summary>
    public const string Performance = "performance";

    /// <summary>A category as it is kept. <see langword="null"/> stays, for the reader of a file to report.</summary>
    [return: NotNullIfNotNull(nameof(category))]
    internal static string? Normalize(string? category) => category?.Trim().ToLowerInvariant();
}
