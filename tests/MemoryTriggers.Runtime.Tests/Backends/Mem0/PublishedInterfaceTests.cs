using System.Text.Json.Nodes;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Mem0;
using MemoryTriggers.TestKit.Mem0.Interface;

namespace MemoryTriggers.Runtime.Tests.Backends.Mem0;

/// <summary>The stubs check each request and each answer; here is that they do, and that nothing is left out.</summary>
public sealed class PublishedInterfaceTests
{
    private const string Id = "0197b63d-0000-7000-8000-000000000001";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/v1/ping/", null)]
    [InlineData("POST", "/v3/memories/?page=1&page_size=200", """{"filters":{"AND":[]}}""")]
    [InlineData("POST", "/v3/memories/search/", """{"query":"a","filters":{},"top_k":1000}""")]
    [InlineData("DELETE", $"/v1/memories/{Id}/", null)]
    public void CheckRequest_OneThatFits_Passes(string method, string path, string? body) => Check(PublishedInterface.Hosted, method, path, body);

    [Theory]
    [InlineData("POST", "/v3/memories/?page=0", """{"filters":{}}""", "page is too small")]
    [InlineData("POST", "/v3/memories/?page_size=201", """{"filters":{}}""", "page_size is too large")]
    [InlineData("POST", "/v3/memories/?limit=10", """{"filters":{}}""", "limit is no parameter")]
    [InlineData("POST", "/v3/memories/", "{}", "$.filters is missing")]
    [InlineData("POST", "/v3/memories/", null, "$ is no object")]
    [InlineData("POST", "/v3/memories/search/", """{"query":"","filters":{}}""", "$.query is too short")]
    [InlineData("POST", "/v3/memories/search/", """{"query":"a","filters":{},"user_id":"u"}""", "$.user_id is not in the interface")]
    [InlineData("POST", "/v3/memories/add/", """{"messages":[{"role":"tool","content":"a"}]}""", "$.messages[0].role")]
    [InlineData("PUT", "/v1/memories/mine/", """{"text":"a"}""", "memory_id is no uuid")]
    [InlineData("PATCH", "/v3/memories/", "{}", "has no PATCH")]
    [InlineData("GET", "/v1/health/", null, "has no GET /v1/health/")]
    [InlineData("GET", "/v1/ping/", "{}", "there must be no body")]
    public void CheckRequest_OneThatDoesNotFit_SaysWhy(string method, string path, string? body, string expected)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Check(PublishedInterface.Hosted, method, path, body));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"count":1,"next":null,"previous":null,"results":[{"id":"0197b63d-0000-7000-8000-000000000001","memory":"m","created_at":"2026-01-02T03:04:05Z"}]}""", null)]
    [InlineData(200, """{"results":[]}""", "$.count is missing")]
    [InlineData(200, """{"count":1,"next":null,"previous":null,"results":[{"id":"1","memory":"m","created_at":"2026-01-02T03:04:05Z"}]}""", "$.results[0].id is no uuid")]
    [InlineData(418, "{}", "there is no answer 418")]
    public void CheckAnswer_Any_FitsOrSaysWhyNot(int status, string body, string? expected)
    {
        var failure = Record.Exception(() => PublishedInterface.Hosted.CheckAnswer(HttpMethod.Post, new Uri("https://api.mem0.ai/v3/memories/"), status, JsonNode.Parse(body)));

        if (expected is null) Assert.Null(failure);
        else Assert.Contains(expected, Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Mem0Flavor.Hosted, "DELETE /v1/memories/*/ GET /v1/ping/ POST /v3/memories/ POST /v3/memories/add/ POST /v3/memories/search/ PUT /v1/memories/*/")]
    [InlineData(Mem0Flavor.SelfHosted, "DELETE /memories/* GET /configure/providers GET /memories POST /memories POST /search PUT /memories/*")]
    public async Task Backend_EverythingItCanDo_FitsTheInterface(Mem0Flavor flavor, string operations)
    {
        using Mem0Stub stub = flavor == Mem0Flavor.Hosted ? new HostedMem0Stub() : new SelfHostedMem0Stub();
        var options = new Mem0BackendOptions { Flavor = flavor, ApiKey = "the-key" };
        if (flavor == Mem0Flavor.SelfHosted) options.BaseAddress = new Uri("http://localhost:8888");
        await using var backend = new Mem0MemoryBackend(options, () => new HttpClient(stub, disposeHandler: false), TimeProvider.System);
        var entry = Any.Entry("Deployed the shop");

        await backend.InitializeAsync(Token);
        await backend.StoreAsync([entry], Token);
        await backend.StoreAsync([entry with { Content = "Deployed the shop again" }], Token);
        await backend.QueryAsync(new() { Project = "shop", Key = entry.Key, Outcome = entry.Outcome }, Token);
        var hits = await backend.SearchAsync("deployed", new() { AllProjects = true }, Token);
        await backend.DeleteAsync(entry.Id, Token);

        var hit = Assert.Single(hits);
        Assert.Equal(hit.Score, hit.Explanation.StoreScore);
        Assert.StartsWith("Found by the store, which gave it", hit.Explanation.ToString(), StringComparison.Ordinal);
        Assert.Empty(stub.Memories);
        var spoken = stub.Requests.Select(static request => request.Split('?')[0]).Select(static request => string.Join('/', request.Split('/').Select(static part => Guid.TryParse(part, out _) ? "*" : part)));
        Assert.Equal(operations, string.Join(' ', spoken.Distinct().Order(StringComparer.Ordinal)));
    }

    private static void Check(PublishedInterface published, string method, string path, string? body) =>
        published.CheckRequest(new HttpMethod(method), new Uri("https://api.mem0.ai" + path), body is null ? null : JsonNode.Parse(body));
}
