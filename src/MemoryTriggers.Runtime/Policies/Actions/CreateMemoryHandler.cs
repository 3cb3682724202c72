namespace MemoryTriggers.Policies;

/// <summary>Stores a new memory, as a child of the one that made the rule match, of its project, user and session.</summary>
internal sealed class CreateMemoryHandler(IMemoryBackend backend) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.CreateMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        var source = $"policy:{call.Rule}";
        var made = MemoryChange.Apply(
            new MemoryEntry
            {
                Id = ActionId.Of(call, entry), Key = call.Rule, Content = "", Category = entry.Category, Project = entry.Project,
                Priority = entry.Priority,
                EntityType = entry.EntityType, EntityId = entry.EntityId, Source = source, Outcome = entry.Outcome,
                CreatedAt = entry.CreatedAt, UpdatedAt = entry.CreatedAt,
                TraceId = entry.TraceId, SpanId = entry.SpanId, ParentId = entry.Id,
                Provenance = new Provenance
                {
                    Module = "policies",
                    TaskId = entry.Provenance.TaskId,
                    SessionId = entry.Provenance.SessionId,
                    UserId = entry.Provenance.UserId,
                    CreatedBy = source,
                    CreatedAt = entry.CreatedAt,
                },
            },
            call.Parameters);
        await backend.StoreAsync([made], cancellationToken).ConfigureAwait(false);
        return [made];
    }
}
