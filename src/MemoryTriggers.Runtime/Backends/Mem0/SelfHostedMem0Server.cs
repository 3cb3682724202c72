using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Backends.Mem0;

/// <summary>
/// The open-source server. It cannot filter by metadata when it lists, so that our id is also the run under which a memory is; it gives no
/// pages, and 1,000 memories at most.
/// </summary>
internal sealed class SelfHostedMem0Server(Mem0Client client, Mem0BackendOptions options) : IMem0Server
{
    private const int MaxTop = 1_000;

    public async ValueTask<string> AddAsync(MemoryEntry entry, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Post,
            "memories",
            new JsonObject
            {
                ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = Mem0Entry.Text(entry) }),
                ["user_id"] = options.UserId,
                ["run_id"] = Run(entry.Id),
                ["metadata"] = Mem0Entry.Metadata(entry),
                ["infer"] = options.Infer,
            },
            cancellationToken).ConfigureAwait(false);
        return Mem0Answers.FirstId(answer) ?? throw Mem0Answers.WithoutId();
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

    public async ValueTask<IReadOnlyList<JsonElement>> FindAsync(Guid id, CancellationToken cancellationToken) =>
        Mem0Answers.Results(await client.SendAsync(HttpMethod.Get, $"{List}&run_id={Run(id)}", null, cancellationToken)
            .ConfigureAwait(false));

    public async ValueTask<IReadOnlyList<JsonElement>> ListAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var items = Mem0Answers.Results(await client.SendAsync(HttpMethod.Get, List, null, cancellationToken).ConfigureAwait(false));
        // Silence about the rest would look like "there is no more".
        return items.Count < MaxTop
            ? items
            : throw new MemoryBackendException(Mem0MemoryBackend.BackendName,
                $"the self-hosted server has more memories than the {MaxTop} that it gives at a time: search instead of listing",
                isTransient: false);
    }

    public async ValueTask<IReadOnlyList<JsonElement>> SearchAsync(string text, MemoryQuery query, int most,
        CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            HttpMethod.Post,
            "search",
            new JsonObject
            {
                ["query"] = text,
                ["filters"] = new JsonObject { ["user_id"] = options.UserId },
                ["top_k"] = Math.Min(most, MaxTop),
                ["show_expired"] = true,
            },
            cancellationToken).ConfigureAwait(false);
        return Mem0Answers.Results(answer);
    }

    // There is no route for health; this one needs the key and changes nothing.
    public async ValueTask PingAsync(CancellationToken cancellationToken) =>
        await client.SendAsync(HttpMethod.Get, "configure/providers", null, cancellationToken).ConfigureAwait(false);

    private string List => $"memories?user_id={Uri.EscapeDataString(options.UserId)}&top_k={MaxTop}&show_expired=true";

    private static string Path(string remoteId) => $"memories/{Uri.EscapeDataString(remoteId)}";

    private static string Run(Guid id) => id.ToString("N");
}
