using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using MemoryTriggers.TestKit.Mem0.Interface;

namespace MemoryTriggers.TestKit.Mem0;

/// <summary>The open-source server.</summary>
internal sealed class SelfHostedMem0Stub : Mem0Stub
{
    protected override PublishedInterface Interface => PublishedInterface.SelfHosted;

    protected override HttpResponseMessage Handle(HttpMethod method, Uri uri, JsonObject? body)
    {
        var path = uri.AbsolutePath;
        if (LastKey is not "the-key")
            return Answer(HttpStatusCode.Unauthorized, """{"detail":"Authentication required. Provide a Bearer token or X-API-Key header."}""");
        return (method.Method, path) switch
        {
            ("GET", "/configure/providers") => Answer(HttpStatusCode.OK, "{}"),
            ("POST", "/memories") => Added(Add(body!)),
            ("GET", "/memories") => Listed(HttpUtility.ParseQueryString(uri.Query)),
            ("POST", "/search") => Searched(body!),
            _ when path.StartsWith("/memories/", StringComparison.Ordinal) => One(method, path["/memories/".Length..], body),
            _ => Answer(HttpStatusCode.NotFound, """{"detail":"Not Found"}"""),
        };
    }

    private HttpResponseMessage Added(JsonObject item)
    {
        var result = new JsonObject { ["memory"] = item["memory"]!.DeepClone(), ["event"] = "ADD" };
        if (!AnswersWithoutId) result["id"] = item["id"]!.DeepClone();
        return Answer(HttpStatusCode.OK, new JsonObject { ["results"] = new JsonArray(result) }.ToJsonString());
    }

    private HttpResponseMessage Listed(System.Collections.Specialized.NameValueCollection parameters)
    {
        Demand(parameters["user_id"] is { Length: > 0 } && int.Parse(parameters["top_k"]!) is >= 0 and <= 1_000, "user_id and top_k");
        var found = Memories.Values
            .Where(item => item["user_id"]!.GetValue<string>() == parameters["user_id"] && (parameters["run_id"] is not { } run || item["run_id"]?.GetValue<string>() == run))
            .Take(int.Parse(parameters["top_k"]!));
        return Answer(HttpStatusCode.OK, new JsonObject { ["results"] = new JsonArray([.. found.Select(static item => item.DeepClone())]) }.ToJsonString());
    }

    private HttpResponseMessage Searched(JsonObject body)
    {
        Demand(body["filters"]!["user_id"] is not null, "an entity in the filters");
        var query = body["query"]!.GetValue<string>();
        var found = Memories.Values.Select(item => (Item: item, Score: Score(item, query))).Where(static item => item.Score > 0.1)
            .OrderByDescending(static item => item.Score).Take(body["top_k"]!.GetValue<int>());
        return Answer(HttpStatusCode.OK, new JsonObject
        {
            ["results"] = new JsonArray([.. found.Select(static item =>
            {
                var copy = item.Item.DeepClone();
                copy["score"] = item.Score;
                return copy;
            })]),
        }.ToJsonString());
    }

    private HttpResponseMessage One(HttpMethod method, string id, JsonObject? body)
    {
        if (!Memories.TryGetValue(id, out var item))
            return method == HttpMethod.Get ? Answer(HttpStatusCode.OK, "null") : Answer(HttpStatusCode.NotFound, $$"""{"detail":"Memory with id {{id}} not found"}""");
        if (method == HttpMethod.Put) Update(item, body!);
        if (method == HttpMethod.Delete) Memories.Remove(id);
        return Answer(HttpStatusCode.OK, method == HttpMethod.Get ? item.ToJsonString() : """{"message":"done"}""");
    }
}
