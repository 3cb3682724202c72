namespace MemoryTriggers.Policies;

/// <summary>The members of a memory that rules can name.</summary>
internal static class EntryFields
{
    public const string TriggerType = "trigger_type";

    private static readonly Dictionary<string, EntryField> Fields = new(StringComparer.Ordinal)
    {
        ["id"] = EntryField.OfFormatted<Guid>(static entry => entry.Id, "D"),
        ["event_id"] = EntryField.OfFormatted<Guid>(static entry => entry.Id, "D", isEventMetadata: true),
        ["category"] = EntryField.OfText(static entry => entry.Category),
        ["key"] = EntryField.OfText(static entry => entry.Key),
        ["content"] = EntryField.OfText(static entry => entry.Content),
        ["tags"] = EntryField.OfTags(),
        ["entity_type"] = EntryField.OfText(static entry => entry.EntityType),
        ["entity_id"] = EntryField.OfText(static entry => entry.EntityId),
        ["project"] = EntryField.OfText(static entry => entry.Project),
        ["project_name"] = EntryField.OfText(static entry => entry.Project, isEventMetadata: true),
        ["source"] = EntryField.OfText(static entry => entry.Source, isEventMetadata: true),
        [TriggerType] = EntryField.OfText(static entry => entry.TriggerType is { } type ? type.Name() : null, isEventMetadata: true),
        ["priority"] = EntryField.OfText(static entry => entry.Priority.Name()),
        ["trigger_priority"] = EntryField.OfText(static entry => entry.Priority.Name(), isEventMetadata: true),
        ["outcome"] = EntryField.OfText(static entry => entry.Outcome.Name()),
        ["success"] = EntryField.OfTruth(static entry => entry.Outcome == TriggerOutcome.Success, isEventMetadata: true),
        ["duration_ms"] = EntryField.OfNumber(static entry => entry.Duration.TotalMilliseconds, isEventMetadata: true),
        ["quality_score"] = EntryField.OfNumber(static entry => entry.QualityScore),
        ["created_at"] = EntryField.OfFormatted<DateTimeOffset>(static entry => entry.CreatedAt, "O"),
        ["started_at"] = EntryField.OfFormatted<DateTimeOffset>(static entry => entry.StartedAt, "O"),
        ["timestamp"] = EntryField.OfFormatted<DateTimeOffset>(static entry => entry.CreatedAt, "O"),
        ["trace_id"] = EntryField.OfText(static entry => entry.TraceId),
        ["parent_id"] = EntryField.OfFormatted<Guid>(static entry => entry.ParentId, "D"),
        ["module"] = EntryField.OfText(static entry => entry.Provenance.Module),
        ["task_id"] = EntryField.OfText(static entry => entry.Provenance.TaskId),
        ["agent"] = Captured("context.agent"),
        ["session_id"] = Captured("context.session_id"),
        ["user_id"] = Captured("context.user_id"),
        ["correlation_id"] = Captured("context.correlation_id"),
        ["error_type"] = ErrorType(),
        ["error_message"] = Captured("exception.message"),
    };

    /// <summary>The names of all members.</summary>
    public static IReadOnlyCollection<string> Names => Fields.Keys;

    /// <summary>The member of that name, or <see langword="null"/>: then it is something captured.</summary>
    public static EntryField? Find(string name) => Fields.GetValueOrDefault(name);

    // The type that the program declares, such as [ErrorMemoryTrigger("database_error")], else that of the exception.
    private static EntryField ErrorType()
    {
        var thrown = Captured("exception.type");
        var declared = EntryField.OfText(static entry => entry.EntityId);
        return new EntryField((EvaluationContext context, ref FieldValue value) =>
        {
            var isDeclared = context.Entry is { TriggerType: MemoryTriggers.TriggerType.ErrorResolution, EntityId.Length: > 0 };
            (isDeclared ? declared : thrown).Read(context, ref value);
        }, isEventMetadata: true);
    }

    private static EntryField Captured(string name)
    {
        FieldPath? path = null;
        return new EntryField((EvaluationContext context, ref FieldValue value) => (path ??= new FieldPath(name)).Read(context, ref value),
            isEventMetadata: true);
    }
}
