using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Policies;

/// <summary>Marks a stored memory as archived: the tag <c>archived</c>, and the place in its metadata. It stays where it is.</summary>
internal sealed class ArchiveMemoryHandler(IMemoryBackend backend, TimeProvider time) : IPolicyActionHandler
{
    private const string DefaultLocation = "default";

    public string Type => PolicyActionTypes.ArchiveMemory;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        var stored = await TargetMemory.GetAsync(backend, call, entry, cancellationToken).ConfigureAwait(false);
        if (stored.Tags.Contains("archived")) return [stored];

        var place = new JsonObject { ["archive_location"] = ActionParameters.Text(call.Parameters, "archive_location") ?? DefaultLocation };
        var metadata = JsonElement.Parse(place.ToJsonString());
        return
        [
            await TargetMemory.ChangeAsync(
                backend, stored, current => MemoryChange.WithMetadata(EntryTags.Add(current, "archived"), metadata), call, time,
                cancellationToken).ConfigureAwait(false),
        ];
    }
}
