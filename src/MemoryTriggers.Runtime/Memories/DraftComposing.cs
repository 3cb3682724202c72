using System.Text.Json;
using MemoryTriggers.Recall;

namespace MemoryTriggers.Memories;

/// <summary>Makes memories of drafts, and applies updates to them. Thread-safe.</summary>
internal sealed class DraftComposing(string? project, TimeProvider time)
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    public MemoryEntry Make(MemoryDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (string.IsNullOrEmpty(draft.Key)) throw new ArgumentException("A memory has a key.", nameof(draft));
        if (draft is { AllUsers: true, UserId: not null }) throw new ArgumentException("A memory has a user, or none.", nameof(draft));
        var now = time.GetUtcNow();
        var created = draft.CreatedAt ?? now;
        if (created > now + ClocksDiffer) throw new ArgumentException($"A memory is not made in the future ({created:O}).", nameof(draft));
        var context = MemoryContext.Current;
        var value = draft.Value.ValueKind == JsonValueKind.Undefined ? MemoryEntry.EmptyObject : draft.Value.Clone();
        return new MemoryEntry
        {
            Id = MemoryIds.Next(created),
            Key = draft.Key,
            Category = draft.Category,
            Content = draft.Content ?? MemoryLine.Of(draft.Key, value),
            Value = value,
            Tags = [.. draft.Tags.Distinct()],
            EntityType = draft.EntityType,
            EntityId = draft.EntityId,
            Project = draft.Project ?? MemoryRecallScope.ProjectOr(project) ?? MemoryEntry.UnknownProject,
            Source = draft.Source,
            Priority = draft.Priority,
            Outcome = draft.Outcome,
            QualityScore = draft.QualityScore,
            CreatedAt = created,
            UpdatedAt = created,
            ExpiresAt = now + draft.TimeToLive,
            Provenance = new Provenance
            {
                Module = draft.Module,
                TaskId = draft.TaskId,
                SessionId = draft.SessionId ?? context?.SessionId,
                UserId = draft.AllUsers ? null : draft.UserId ?? context?.UserId,
                CreatedBy = draft.Module,
                CreatedAt = now,
            },
        };
    }

    public MemoryEntry Change(MemoryEntry entry, MemoryUpdate update)
    {
        var value = update.Value ?? entry.Value;
        var isMade = entry.Content == MemoryLine.Of(entry.Key, entry.Value);
        return entry with
        {
            Value = value,
            Content = update.Content ?? (isMade ? MemoryLine.Of(entry.Key, value) : entry.Content),
            Tags = update.Tags is { } tags ? [.. tags.Distinct()] : entry.Tags,
            Category = update.Category ?? entry.Category,
            Priority = update.Priority ?? entry.Priority,
            Outcome = update.Outcome ?? entry.Outcome,
            QualityScore = update.QualityScore ?? entry.QualityScore,
            ExpiresAt = update.TimeToLive is { } life ? time.GetUtcNow() + life : entry.ExpiresAt,
        };
    }
}
