using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.TestKit.Mem0.Interface;

namespace MemoryTriggers.TestKit.Mem0;

/// <summary>
/// A server of mem0, hosted or self-hosted, behind a message handler: it takes only requests that fit the published interface, and can fail, answer
/// nonsense, and lose its answers.
/// </summary>
internal abstract class Mem0Stub : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<string> _requests = [];

    /// <summary>What it has, by its own ids.</summary>
    public Dictionary<string, JsonObject> Memories { get; } = [];

    /// <summary>Method and path of each request.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    /// <summary>The header that each request brought its key in.</summary>
    public string? LastKey { get; private set; }

    /// <summary>Answers in the place of the server; <see langword="null"/> lets it answer.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Instead { get; set; }

    /// <summary>Whether what it has done is answered by a broken connection.</summary>
    public bool LosesReplies { get; set; }

    /// <summary>Whether it answers additions without an id.</summary>
    public bool AnswersWithoutId { get; set; }

    public static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
        lock (_gate)
        {
            _requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            LastKey = request.Headers.Authorization?.ToString() ?? (request.Headers.TryGetValues("X-API-Key", out var keys) ? keys.Single() : null);
            if (Instead?.Invoke(request) is { } instead) return instead;
            Interface.CheckRequest(request.Method, request.RequestUri!, body);
            var answer = Handle(request.Method, request.RequestUri!, body);
            Interface.CheckAnswer(request.Method, request.RequestUri!, (int)answer.StatusCode, Content(answer));
            return LosesReplies ? throw new HttpRequestException("the connection was reset") : answer;
        }
    }

    /// <summary>What its requests and its own answers must fit.</summary>
    protected abstract PublishedInterface Interface { get; }

    protected abstract HttpResponseMessage Handle(HttpMethod method, Uri uri, JsonObject? body);

    private static JsonNode? Content(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(answer.Content.ReadAsStream(), leaveOpen: true);
        var content = JsonNode.Parse(reader.ReadToEnd());
        reader.BaseStream.Position = 0;
        return content;
    }

    /// <summary>Stores as the server does with <c>infer=false</c>: the message word for word.</summary>
    protected JsonObject Add(JsonObject body)
    {
        Demand(body["messages"] is JsonArray { Count: > 0 } messages && messages.All(static message =>
            message!["role"]!.GetValue<string>() is "user" or "assistant" or "system" && message["content"]!.GetValue<string>().Length > 0), "messages");
        Demand(body["user_id"]!.GetValue<string>() is { Length: > 0 } user && !user.Any(char.IsWhiteSpace), "user_id");
        Demand(body["infer"]!.GetValueKind() is JsonValueKind.False, "infer");
        var id = Guid.CreateVersion7().ToString();
        var item = new JsonObject
        {
            ["id"] = id,
            ["memory"] = body["messages"]![0]!["content"]!.DeepClone(),
            ["user_id"] = body["user_id"]!.DeepClone(),
            ["metadata"] = Kept(body["metadata"]!.AsObject()),
            ["created_at"] = "2026-01-02T03:04:05Z",
        };
        if (body["run_id"] is { } run) item["run_id"] = run.DeepClone();
        Memories[id] = item;
        return item;
    }

    protected void Update(JsonObject item, JsonObject body)
    {
        Demand(body["text"]!.GetValue<string>().Length > 0, "text");
        item["memory"] = body["text"]!.DeepClone();
        item["metadata"] = Kept(body["metadata"]!.AsObject());
    }

    // Words in common, as a score between 0 and 1: enough to rank by.
    protected static double Score(JsonObject item, string query)
    {
        var words = item["memory"]!.GetValue<string>().ToUpperInvariant().Split(' ');
        var asked = query.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return asked.Length == 0 ? 0 : (double)asked.Count(words.Contains) / asked.Length;
    }

    protected static void Demand(bool fits, string what)
    {
        if (!fits) throw new InvalidOperationException($"the request does not fit the interface: {what}");
    }

    // Identity keys and names of the server's own are dropped from metadata.
    private static JsonObject Kept(JsonObject metadata)
    {
        string[] dropped = ["user_id", "agent_id", "app_id", "run_id", "data", "hash", "created_at", "updated_at", "role"];
        return new JsonObject(metadata.Where(entry => !dropped.Contains(entry.Key)).Select(static entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
    }
}
