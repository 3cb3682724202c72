using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Policies;

/// <summary>Marks a stored memory as archived: the tag <c>archived</c>, and the place in its metadata. It stays where it is.</summary>
internal sealed class ArchiveMemoryHandler(IMemoryBackend backend, TimeProvider time) : IPolicyActionHandler
{
    private const string DefaultLocation = "default";

    public string Type => PolicyActionTypes.ArchiveMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
    {
        var stored = await TargetMemory.GetAsync(backend, call, cancellationToken).ConfigureAwait(false);
        if (stored.Tags.Contains("archived")) return [stored];

        var now = time.GetUtcNow();
        var place = new JsonObject { ["archive_location"] = ActionParameters.Text(call.Parameters, "archive_location") ?? DefaultLocation };
        var archived = MemoryChange.WithMetadata(EntryTags.Add(stored, "archived"), JsonElement.Parse(place.ToJsonString())) with
        {
            UpdatedAt = now,
            Provenance = stored.Provenance with { UpdatedBy = $"policy:{call.Rule}", UpdatedAt = now },
        };
        await backend.StoreAsync([archived], cancellationToken).ConfigureAwait(false);
        return [archived];
    }
}
