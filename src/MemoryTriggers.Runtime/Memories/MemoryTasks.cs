using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MemoryTriggers;

/// <summary>
/// The recorded tasks and their results: one memory for each task, with its earlier records as its history. Thread-safe.
/// </summary>
public sealed class MemoryTasks
{
    private const string Category = "tasks";
    private const string EntityType = "task";
    private readonly MemoryModule _memory;

    internal MemoryTasks(MemoryModule memory) => _memory = memory;

    /// <summary>
    /// Keeps what is known about a task now; the earlier record stays in its history. An outcome of <c>failed</c> or <c>canceled</c> in its
    /// <c>status</c> is the memory's outcome.
    /// </summary>
    /// <param name="taskId">Which task.</param>
    /// <param name="data">Further data.</param>
    /// <param name="tags">Words to filter by; <c>executed</c> when none are given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the memory, which is that of the task.</returns>
    public ValueTask<Guid> RecordAsync(string taskId, JsonElement data, IReadOnlyList<string>? tags = null,
        CancellationToken cancellationToken = default) =>
        _memory.Named.PutAsync(Draft(taskId) with { Value = data, Tags = tags ?? ["executed"], Outcome = OutcomeOf(data) },
            cancellationToken);

    /// <summary>Overload for data of any type, by reflection.</summary>
    /// <inheritdoc cref="RecordAsync(string, JsonElement, IReadOnlyList{string}, CancellationToken)"/>
    [RequiresUnreferencedCode(MemoryValue.Reflection)]
    [RequiresDynamicCode(MemoryValue.Reflection)]
    public ValueTask<Guid> RecordAsync<T>(string taskId, T data, IReadOnlyList<string>? tags = null,
        CancellationToken cancellationToken = default) =>
        RecordAsync(taskId, MemoryValue.Of(data), tags, cancellationToken);

    /// <summary>Overload for data whose type has a serializer that was made at compile time.</summary>
    /// <inheritdoc cref="RecordAsync(string, JsonElement, IReadOnlyList{string}, CancellationToken)"/>
    public ValueTask<Guid> RecordAsync<T>(string taskId, T data, JsonTypeInfo<T> type, IReadOnlyList<string>? tags = null,
        CancellationToken cancellationToken = default) =>
        RecordAsync(taskId, MemoryValue.Of(data, type), tags, cancellationToken);

    /// <summary>The last record of a task, or <see langword="null"/>.</summary>
    public ValueTask<MemoryEntry?> GetAsync(string taskId, CancellationToken cancellationToken = default) =>
        _memory.Named.GetAsync(Draft(taskId), cancellationToken);

    /// <summary>All records of one task or of all, newest first.</summary>
    /// <inheritdoc cref="MemoryModule.ReadAllAsync" path="/remarks"/>
    public IAsyncEnumerable<MemoryEntry> GetHistoryAsync(string? taskId = null, CancellationToken cancellationToken = default) =>
        _memory.ReadAllAsync(new()
        {
            Category = Category,
            EntityType = EntityType,
            EntityId = taskId,
            IncludePast = true,
        }, cancellationToken);

    private static MemoryDraft Draft(string taskId)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskId);
        return new()
        {
            Category = Category,
            Key = $"task_{taskId}",
            EntityType = EntityType,
            EntityId = taskId,
            Module = "task_executor",
            TaskId = taskId,
        };
    }

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
