using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Backends.Mem0;

/// <summary>
/// The service at api.mem0.ai, version 3 of its interface (mem0's published description of it). Its paths end in a slash.
/// </summary>
internal sealed class HostedMem0Server(Mem0Client client, Mem0BackendOptions options) : IMem0Server
{
    private const int PageSize = 200;
    private const int MaxTop = 1_000;

    public async ValueTask<string> AddAsync(MemoryEntry entry, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Post,
            "v3/memories/add/",
            new JsonObject
            {
                ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = Mem0Entry.Text(entry) }),
                ["user_id"] = options.UserId,
                ["metadata"] = Mem0Entry.Metadata(entry),
                ["infer"] = options.Infer,
            },
            cancellationToken).ConfigureAwait(false);
        // With infer, mem0 works on it later, and says under which number it does.
        return Mem0Answers.FirstId(answer) ?? (options.Infer ? Mem0Answers.Text(answer, "event_id") : null)
            ?? throw Mem0Answers.WithoutId();
    }

    public async ValueTask UpdateAsync(string remoteId, MemoryEntry entry, CancellationToken cancellationToken) =>
        await client.SendAsync(
            HttpMethod.Put, Path(remoteId), new JsonObject
            {
                ["text"] = Mem0Entry.Text(entry),
                ["metadata"] = Mem0Entry.Metadata(entry),
            }, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> DeleteAsync(string remoteId, CancellationToken cancellationToken) =>
        await client.TrySendAsync(HttpMethod.Delete, Path(remoteId), null, cancellationToken).ConfigureAwait(false) is not null;

    public ValueTask<IReadOnlyList<JsonElement>> FindAsync(Guid id, CancellationToken cancellationToken) =>
        PagesAsync(Filters([(Mem0Entry.Id, id.ToString())]), cancellationToken);

    public ValueTask<IReadOnlyList<JsonElement>> ListAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        PagesAsync(Filters(Mem0Entry.Filters(query)), cancellationToken);

    public async ValueTask<IReadOnlyList<JsonElement>> SearchAsync(string text, MemoryQuery query, int most,
        CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Post,
            "v3/memories/search/",
            new JsonObject
            {
                ["query"] = text,
                ["filters"] = Filters(Mem0Entry.Filters(query)),
                ["top_k"] = Math.Min(most, MaxTop),
                ["show_expired"] = true,
            },
            cancellationToken).ConfigureAwait(false);
        return Mem0Answers.Results(answer);
    }

    public async ValueTask PingAsync(CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, "v1/ping/", null, cancellationToken).ConfigureAwait(false);
        if (options.OrganizationId is { } wanted && Mem0Answers.Text(answer, "org_id") is var found && found != wanted)
            throw new MemoryBackendException(Mem0MemoryBackend.BackendName,
                $"the key belongs to the organization '{found}', not to '{wanted}'", isTransient: false);
    }

    private async ValueTask<IReadOnlyList<JsonElement>> PagesAsync(JsonObject filters, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var answer = await client.SendAsync(
                HttpMethod.Post,
                string.Create(CultureInfo.InvariantCulture, $"v3/memories/?page={page}&page_size={PageSize}"),
                new JsonObject { ["filters"] = filters.DeepClone(), ["show_expired"] = true },
                cancellationToken).ConfigureAwait(false);
            items.AddRange(Mem0Answers.Results(answer));
            if (items.Count > options.MaxListed)
                throw new MemoryBackendException(Mem0MemoryBackend.BackendName,
                    $"more than {options.MaxListed} memories match: ask for fewer, or raise MaxListed", isTransient: false);
            if (Mem0Answers.Text(answer, "next") is null) return items;
        }
    }

    private JsonObject Filters(IEnumerable<(string Name, string Value)> metadata) => new()
    {
        ["AND"] = new JsonArray(
        [
            new JsonObject { ["user_id"] = options.UserId },
            .. metadata.Select(static filter => new JsonObject { ["metadata"] = new JsonObject { [filter.Name] = filter.Value } }),
        ]),
    };

    private static string Path(string remoteId) => $"v1/memories/{Uri.EscapeDataString(remoteId)}/";
}
