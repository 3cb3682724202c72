namespace MemoryTriggers.Policies;

/// <summary>The parameters of each built-in type of action: no others are allowed.</summary>
internal static class ActionSchemas
{
    public static readonly string[] Urgencies = ["low", "medium", "high", "critical"];
    public static readonly string[] Orders = ["relevance", "created_at", "quality_score"];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly ActionParameter MemoryId = new("memory_id", ParameterKind.Id);
    private static readonly ActionParameter NeededId = MemoryId with { IsRequired = true };
    private static readonly ActionParameter Tag = new("tag", ParameterKind.Text, IsRequired: true);
    private static readonly ActionParameter Message = new("message", ParameterKind.Text, IsRequired: true);
    private static readonly ActionParameter Score = new("score", ParameterKind.Number, IsRequired: true) { Greatest = 1 };

    private static readonly ActionParameter[] OfMemories =
    [
        new("content", ParameterKind.Text), new("key", ParameterKind.Text), new("category", ParameterKind.Text),
        new("project", ParameterKind.Text), new("tags", ParameterKind.Texts), new("metadata", ParameterKind.Mapping),
        new("priority", ParameterKind.Name) { Names = PolicyNames.Priorities }, Score with { Name = "quality_score", IsRequired = false },
    ];

    private static readonly ActionParameter[] Filters =
    [
        new("tags", ParameterKind.Texts), new("category", ParameterKind.Text), new("source", ParameterKind.Text),
        Score with { Name = "min_quality_score", IsRequired = false },
    ];

    private static readonly Dictionary<string, ActionParameter[]> Schemas = new(StringComparer.Ordinal)
    {
        [PolicyActionTypes.CreateMemory] =
            [.. OfMemories.Select(static parameter => parameter.Name == "content" ? parameter with { IsRequired = true } : parameter)],
        [PolicyActionTypes.RecallMemory] =
        [
            new("query", ParameterKind.Text), MemoryId,
            new("limit", ParameterKind.Integer) { Least = 1, Greatest = MemoryQuery.MaxLimit },
            new("filters", ParameterKind.Members) { Members = Filters }, new("sort_by", ParameterKind.Name) { Names = Orders },
        ],
        [PolicyActionTypes.UpdateMemory] =
            [NeededId, .. OfMemories, new("updates", ParameterKind.Members) { Members = OfMemories }],
        [PolicyActionTypes.DeleteMemory] = [NeededId],
        [PolicyActionTypes.ArchiveMemory] = [NeededId, new("archive_location", ParameterKind.Text)],
        [PolicyActionTypes.SetQualityScore] = [Score, MemoryId],
        [PolicyActionTypes.AddTag] = [Tag, MemoryId],
        [PolicyActionTypes.RemoveTag] = [Tag, MemoryId],
        [PolicyActionTypes.TriggerAlert] =
        [
            new("alert_type", ParameterKind.Text), Message with { IsRequired = false }, new("channels", ParameterKind.Texts),
            new("urgency", ParameterKind.Name) { Names = Urgencies },
        ],
        [PolicyActionTypes.LogEvent] = [new("level", ParameterKind.Name) { Names = ActionParameters.LogLevels }, Message],
        [PolicyActionTypes.ExecuteWebhook] =
        [
            new("url", ParameterKind.Address, IsRequired: true), new("method", ParameterKind.Name) { Names = Methods },
            new("headers", ParameterKind.TextMapping), new("data", ParameterKind.Any),
        ],
        [PolicyActionTypes.ChainPolicy] =
            [new("policy_name", ParameterKind.Rule, IsRequired: true), new("context", ParameterKind.Mapping)],
        [PolicyActionTypes.Abort] = [],
        [PolicyActionTypes.Skip] = [],
    };

    /// <returns>The parameters of a type of action; <see langword="null"/> for types of the program.</returns>
    public static ActionParameter[]? Of(string type) => Schemas.GetValueOrDefault(type);
}
