using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using MemoryTriggers.TestKit.Mem0.Interface;

namespace MemoryTriggers.TestKit.Mem0;

/// <summary>The hosted service, version 3.</summary>
internal sealed class HostedMem0Stub : Mem0Stub
{
    protected override PublishedInterface Interface => PublishedInterface.Hosted;

    protected override HttpResponseMessage Handle(HttpMethod method, Uri uri, JsonObject? body)
    {
        var path = uri.AbsolutePath;
        Demand(path.EndsWith('/'), "the slash at the end of the path");
        if (LastKey is not "Token the-key") return Answer(HttpStatusCode.Unauthorized, """{"detail":"Invalid API key."}""");
        return (method.Method, path) switch
        {
            ("GET", "/v1/ping/") => Answer(HttpStatusCode.OK, """{"status":"ok","org_id":"o","project_id":"p","user_email":"a@example.com"}"""),
            ("POST", "/v3/memories/add/") => Added(Add(body!)),
            ("POST", "/v3/memories/") => Listed(uri, body!),
            ("POST", "/v3/memories/search/") => Searched(body!),
            _ when path.StartsWith("/v1/memories/", StringComparison.Ordinal) => One(method, path["/v1/memories/".Length..^1], body),
            _ => Answer(HttpStatusCode.NotFound, """{"detail":"Not found."}"""),
        };
    }

    private HttpResponseMessage Added(JsonObject item)
    {
        var result = new JsonObject { ["data"] = new JsonObject { ["memory"] = item["memory"]!.DeepClone() }, ["event"] = "ADD" };
        if (!AnswersWithoutId) result["id"] = item["id"]!.DeepClone();
        return Answer(HttpStatusCode.OK, new JsonObject { ["message"] = "done", ["status"] = "SUCCEEDED", ["results"] = new JsonArray(result) }.ToJsonString());
    }

    private HttpResponseMessage Listed(Uri uri, JsonObject body)
    {
        var parameters = HttpUtility.ParseQueryString(uri.Query);
        var (page, size) = (int.Parse(parameters["page"]!), int.Parse(parameters["page_size"]!));
        Demand(page >= 1 && size is >= 1 and <= 200, "page and page_size");
        var matching = Memories.Values.Where(item => Matches(item, body["filters"]!.AsObject())).ToList();
        var shown = matching.Skip((page - 1) * size).Take(size).Select(static item => item.DeepClone()).ToArray();
        return Answer(HttpStatusCode.OK, new JsonObject
        {
            ["count"] = matching.Count,
            ["next"] = page * size < matching.Count ? $"https://api.mem0.ai/v3/memories/?page={page + 1}" : null,
            ["previous"] = null,
            ["results"] = new JsonArray(shown),
        }.ToJsonString());
    }

    private HttpResponseMessage Searched(JsonObject body)
    {
        Demand(body["query"]!.GetValue<string>().Length > 0 && body["top_k"]!.GetValue<int>() is >= 1 and <= 1_000 && !body.ContainsKey("user_id"), "query, top_k, ids outside of filters");
        var query = body["query"]!.GetValue<string>();
        var found = Memories.Values.Where(item => Matches(item, body["filters"]!.AsObject())).Select(item => (Item: item, Score: Score(item, query)))
            .Where(static item => item.Score > 0.1).OrderByDescending(static item => item.Score).Take(body["top_k"]!.GetValue<int>());
        return Answer(HttpStatusCode.OK, new JsonObject { ["results"] = new JsonArray([.. found.Select(static item => With(item.Item, item.Score))]) }.ToJsonString());
    }

    private HttpResponseMessage One(HttpMethod method, string id, JsonObject? body)
    {
        if (!Guid.TryParse(id, out _)) return Answer(HttpStatusCode.BadRequest, """{"error":"memory_id should be a valid UUID"}""");
        if (!Memories.TryGetValue(id, out var item)) return Answer(HttpStatusCode.NotFound, """{"error":"Memory not found!"}""");
        if (method == HttpMethod.Put) Update(item, body!);
        if (method == HttpMethod.Delete) Memories.Remove(id);
        return Answer(HttpStatusCode.OK, method == HttpMethod.Delete ? """{"message":"Memory deleted successfully!"}""" : item.ToJsonString());
    }

    private static bool Matches(JsonObject item, JsonObject filters)
    {
        var all = filters["AND"]!.AsArray();
        Demand(all.Any(static filter => filter!.AsObject().ContainsKey("user_id")), "an entity in the filters");
        return all.All(filter => filter!.AsObject().All(clause => clause.Key == "metadata"
            ? clause.Value!.AsObject().All(wanted => JsonNode.DeepEquals(item["metadata"]![wanted.Key], wanted.Value))
            : JsonNode.DeepEquals(item[clause.Key], clause.Value)));
    }

    private static JsonNode With(JsonObject item, double score)
    {
        var copy = item.DeepClone().AsObject();
        copy["score"] = score;
        return copy;
    }
}
