using System.Text.Json;

namespace MemoryTriggers;

/// <summary>The recorded tasks and their results: one memory for each record of a task. Thread-safe.</summary>
public sealed class MemoryTasks
{
    private const string Category = "tasks";
    private const string EntityType = "task";
    private const int DefaultLimit = 10;
    private readonly MemoryModule _memory;

    internal MemoryTasks(MemoryModule memory) => _memory = memory;

    /// <summary>
    /// Keeps what is known about a task now. An outcome of <c>failed</c> or <c>canceled</c> in its <c>status</c> is the memory's outcome.
    /// </summary>
    /// <param name="taskId">Which task.</param>
    /// <param name="data">Further data.</param>
    /// <param name="tags">Words to filter by; <c>executed</c> when none are given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the memory.</returns>
    public ValueTask<Guid> RecordAsync(string taskId, JsonElement data, IReadOnlyList<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskId);
        return _memory.CreateAsync(
            new MemoryDraft
            {
                Category = Category,
                Key = $"task_{taskId}",
                Value = data,
                EntityType = EntityType,
                EntityId = taskId,
                Tags = tags ?? ["executed"],
                Outcome = OutcomeOf(data),
                Module = "task_executor",
                TaskId = taskId,
            },
            cancellationToken);
    }

    /// <summary>The last record of a task, or <see langword="null"/>.</summary>
    public async ValueTask<MemoryEntry?> GetAsync(string taskId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskId);
        return (await _memory.SearchAsync(Query(taskId, 1), cancellationToken).ConfigureAwait(false)).FirstOrDefault();
    }

    /// <summary>The records of one task or of all, newest first.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetHistoryAsync(string? taskId = null, int limit = DefaultLimit,
        CancellationToken cancellationToken = default) =>
        _memory.SearchAsync(Query(taskId, limit), cancellationToken);

    private static MemoryQuery Query(string? taskId, int limit) => new()
    {
        Category = Category,
        EntityType = EntityType,
        EntityId = taskId,
        Limit = limit,
    };

    private static TriggerOutcome OutcomeOf(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String
            ? status.GetString() switch
            {
                "failed" or "error" => TriggerOutcome.Failure,
                "canceled" or "cancelled" => TriggerOutcome.Canceled,
                _ => TriggerOutcome.Success,
            }
            : TriggerOutcome.Success;
}
