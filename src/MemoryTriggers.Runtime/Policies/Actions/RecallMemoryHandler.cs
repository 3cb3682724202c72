using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>Looks memories up, in the project, and as the user, of the one that made the rule match.</summary>
internal sealed class RecallMemoryHandler(IMemoryBackend backend) : IPolicyActionHandler
{
    // Of those of too little quality there may be many among the first.
    private const int Spare = 10;

    public string Type => PolicyActionTypes.RecallMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        if (ActionParameters.Text(call.Parameters, "query") is not { } question)
            return await TargetMemory.FindAsync(backend, call, entry, cancellationToken).ConfigureAwait(false) is { } one ? [one] : [];

        var limit = (int)Math.Clamp(ActionParameters.Number(call.Parameters, "limit") ?? MemoryQuery.DefaultLimit, 1, MemoryQuery.MaxLimit);
        var filters = call.Parameters.TryGetProperty("filters", out var given) && given.ValueKind == JsonValueKind.Object
            ? given : MemoryEntry.EmptyObject;
        var least = ActionParameters.Number(filters, "min_quality_score");
        var hits = await backend.SearchAsync(question, Query(entry, filters, least is null ? limit : Math.Min(limit * Spare,
            MemoryQuery.MaxLimit)), cancellationToken).ConfigureAwait(false);
        var found = hits.Select(static hit => hit.Entry).Where(memory => least is null || memory.QualityScore >= least).Take(limit);
        return [.. ActionParameters.Text(call.Parameters, "sort_by")?.ToLowerInvariant() switch
        {
            "created_at" => found.OrderByDescending(static memory => memory.CreatedAt),
            "quality_score" => found.OrderByDescending(static memory => memory.QualityScore ?? 0),
            _ => found,
        }];
    }

    private static MemoryQuery Query(MemoryEntry entry, JsonElement filters, int limit) => TargetMemory.Scope(entry) with
    {
        Category = ActionParameters.Text(filters, "category"),
        Source = ActionParameters.Text(filters, "source"),
        AllTags = ActionParameters.Texts(filters, "tags"),
        Limit = limit,
    };
}
