using System.Text.Json;

namespace MemoryTriggers;

/// <summary>Information about the device that the program runs on: one memory, which new information changes. Thread-safe.</summary>
public sealed class MemoryDevice
{
    private const string Category = "devices";
    private const string EntityType = "device";
    private const string Key = "device_info";
    private readonly MemoryModule _memory;

    internal MemoryDevice(MemoryModule memory) => _memory = memory;

    /// <summary>Keeps information, replacing the earlier.</summary>
    /// <returns>The id of its memory.</returns>
    public ValueTask<Guid> SetAsync(JsonElement information, CancellationToken cancellationToken = default) => _memory.PutAsync(
        new MemoryDraft
        {
            Category = Category,
            Key = Key,
            Value = information,
            EntityType = EntityType,
            Module = "device_manager",
        }, cancellationToken);

    /// <summary>The known facts, or <see langword="null"/>.</summary>
    public async ValueTask<JsonElement?> GetAsync(CancellationToken cancellationToken = default) =>
        (await _memory.GetByKeyAsync(Key, new() { Category = Category, EntityType = EntityType }, cancellationToken)
            .ConfigureAwait(false))?.Value;
}
