namespace MemoryTriggers;

/// <summary>The categories that triggers use by themselves. A category is an open string: programs may use their own.</summary>
public static class MemoryCategories
{
    /// <summary>Issues, milestones and decisions of a project. The default.</summary>
    public const string Project = "project";

    /// <summary>Workflows, agent work, knowledge and detected patterns.</summary>
    public const string Pattern = "pattern";

    /// <summary>Errors and how they were resolved.</summary>
    public const string Error = "error";

    /// <summary>Agreements of a team.</summary>
    public const string Team = "team";

    /// <summary>Feedback of users.</summary>
    public const string UserFeedback = "user_feedback";
}
