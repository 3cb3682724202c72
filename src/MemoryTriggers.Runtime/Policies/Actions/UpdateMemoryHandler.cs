using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>Changes a stored memory; what it was before stays in its history.</summary>
internal sealed class UpdateMemoryHandler(IMemoryBackend backend, TimeProvider time) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.UpdateMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        var stored = await TargetMemory.GetAsync(backend, call, entry, cancellationToken).ConfigureAwait(false);
        return [await TargetMemory.ChangeAsync(backend, stored, current => Changed(current, call.Parameters), call, time,
            cancellationToken).ConfigureAwait(false)];
    }

    private static MemoryEntry Changed(MemoryEntry current, JsonElement parameters)
    {
        var changed = MemoryChange.Apply(current, parameters);
        return parameters.TryGetProperty("updates", out var updates) && updates.ValueKind == JsonValueKind.Object
            ? MemoryChange.Apply(changed, updates)
            : changed;
    }
}
