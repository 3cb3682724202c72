using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Mem0;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Runtime.Tests.Backends.Mem0;

public sealed class Mem0MemoryBackendTests : IDisposable
{
    private const string Canary = "the-key";
    private readonly HostedMem0Stub _hosted = new();
    private readonly SelfHostedMem0Stub _own = new();
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static MemoryQuery All { get; } = new() { AllProjects = true, Limit = MemoryQuery.MaxLimit };

    public void Dispose()
    {
        _hosted.Dispose();
        _own.Dispose();
    }

    [Theory]
    [InlineData(Mem0Flavor.Hosted)]
    [InlineData(Mem0Flavor.SelfHosted)]
    public async Task Store_ReplyLost_IsOneMemoryAfterTheNextTry(Mem0Flavor flavor)
    {
        var stub = Stub(flavor);
        var backend = Open(flavor);
        var batch = Any.Entries(3);
        stub.LosesReplies = true;
        var lost = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync(batch, Token));

        stub.LosesReplies = false;
        await backend.StoreAsync(batch, Token);
        await backend.StoreAsync(batch, Token);

        Assert.True(lost.IsTransient);
        Assert.Equal(3, stub.Memories.Count);
        Assert.Equal(3, await backend.CountAsync(All, Token));
    }

    [Theory]
    [InlineData(Mem0Flavor.Hosted)]
    [InlineData(Mem0Flavor.SelfHosted)]
    public async Task Store_AnswerWithoutId_IsAFailure(Mem0Flavor flavor)
    {
        Stub(flavor).AnswersWithoutId = true;

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Open(flavor).StoreAsync(Any.Entries(1), Token));

        Assert.Contains("no id", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Store_LineAndFilters_AreWhereMem0FindsThem()
    {
        await Open().StoreAsync([Any.Entry("Deployed the shop") with { Category = "pattern" }], Token);

        var item = Assert.Single(_hosted.Memories.Values);
        Assert.Equal("Deployed the shop", item["memory"]!.GetValue<string>());
        Assert.Equal(("memory-triggers", "pattern", "shop"), (item["user_id"]!.GetValue<string>(), item["metadata"]!["mt_category"]!.GetValue<string>(), item["metadata"]!["mt_project"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(400, """{"detail":"top-level ids"}""", "top-level ids", false)]
    [InlineData(400, """{"error":"memory_id should be a valid UUID"}""", "valid UUID", false)]
    [InlineData(409, """{"message":"conflict of ids"}""", "conflict of ids", false)]
    [InlineData(413, """{"error":"quota","details":{"message":"the plan is used up"}}""", "quota: the plan is used up", false)]
    [InlineData(400, """["first problem","second problem"]""", "first problem; second problem", false)]
    [InlineData(422, """{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":{"secret":"payload"}}]}""", "Field required", false)]
    [InlineData(401, """{"detail":"Invalid API key."}""", "MEM0_API_KEY", true)]
    [InlineData(403, "", "MEM0_API_KEY", true)]
    [InlineData(402, "", "402", true)]
    [InlineData(404, "", "404", true)]
    [InlineData(408, "", "408", true)]
    [InlineData(500, "<html>oops</html>", "500", true)]
    [InlineData(502, """{"detail":"upstream","code":"provider_timeout","request_id":"r"}""", "upstream", true)]
    [InlineData(503, "", "503", true)]
    public async Task Store_ServerRefuses_SaysWhatItSaysAndWhetherToTryAgain(int status, string body, string expected, bool isTransient)
    {
        _hosted.Instead = _ => Mem0Stub.Answer((HttpStatusCode)status, body);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Open().StoreAsync(Any.Entries(1), Token));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("payload", failure.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient, failure.IsTransient);
    }

    [Fact]
    public async Task Store_TooManyRequests_LetsNothingOutUntilThePauseIsOver()
    {
        var backend = Open();
        _hosted.Instead = _ =>
        {
            var answer = Mem0Stub.Answer(HttpStatusCode.TooManyRequests, """{"detail":"slow down"}""");
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(20));
            return answer;
        };
        var refused = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync(Any.Entries(1), Token));
        var requests = _hosted.Requests.Count;

        _hosted.Instead = null;
        _clock.Advance(TimeSpan.FromSeconds(19));
        var paused = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync(Any.Entries(1), Token));
        Assert.Equal(requests, _hosted.Requests.Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await backend.StoreAsync(Any.Entries(1), Token);

        Assert.True(refused.IsTransient && paused.IsTransient);
        Assert.Single(_hosted.Memories);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"results\":")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task Query_AnswerIsNonsense_IsAnOutageAndNotEmpty(string answer)
    {
        _hosted.Instead = _ => Mem0Stub.Answer(HttpStatusCode.OK, answer);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Open().QueryAsync(All, Token));

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Query_MoreThanAPage_ReadsThemAllAndFiltersAtTheServer()
    {
        var backend = Open();
        await backend.StoreAsync(Any.Entries(450), Token);
        await backend.StoreAsync([Any.Entry() with { Project = "bank" }], Token);

        var entries = await backend.QueryAsync(new MemoryQuery { Project = "shop", Limit = 1_000 }, Token);

        Assert.Equal(450, entries.Count);
        Assert.Equal(entries.OrderByDescending(static entry => entry.CreatedAt), entries);
        Assert.Equal(["page=1", "page=2", "page=3"], _hosted.Requests.TakeLast(3).Select(static request => request[(request.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&')[0]));
    }

    [Fact]
    public async Task Query_MoreThanMayBeListed_IsRefusedAndNotCut()
    {
        var backend = Open(configure: static options => options.MaxListed = 100);
        await backend.StoreAsync(Any.Entries(101), Token);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.QueryAsync(All, Token));

        Assert.False(failure.IsTransient);
        Assert.Contains("MaxListed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_MemoriesOfOthers_AreLeftAlone()
    {
        Add("0197b63d-0000-7000-8000-000000000001", "The user likes tea", null);
        Add("0197b63d-0000-7000-8000-000000000002", "tea", new JsonObject { ["mt_entry"] = "{broken" });

        Assert.Empty(await Open().QueryAsync(All, Token));
        Assert.Empty(await Open().SearchAsync("tea", All, Token));

        void Add(string id, string memory, JsonObject? metadata) => _hosted.Memories[id] = new()
        {
            ["id"] = id, ["memory"] = memory, ["user_id"] = "memory-triggers", ["metadata"] = metadata, ["created_at"] = "2026-01-02T03:04:05Z",
        };
    }

    [Fact]
    public async Task Delete_GoneAlready_IsFalse()
    {
        var backend = Open(Mem0Flavor.SelfHosted);
        var entry = Any.Entry();
        await backend.StoreAsync([entry], Token);

        Assert.True(await backend.DeleteAsync(entry.Id, Token));
        Assert.False(await backend.DeleteAsync(entry.Id, Token));
        Assert.Null(await backend.GetAsync(entry.Id, Token));
    }

    [Fact]
    public async Task Key_Wrong_IsNowhereToBeRead()
    {
        var backend = Open(configure: static options => options.ApiKey = "canary-of-a-key");

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.InitializeAsync(Token));
        var health = await backend.CheckHealthAsync(Token);

        Assert.DoesNotContain("canary", failure.ToString() + health.Description + new Mem0BackendOptions { ApiKey = "canary-of-a-key" }, StringComparison.Ordinal);
        Assert.Contains("MEM0_API_KEY", health.Description, StringComparison.Ordinal);
        Assert.False(health.IsHealthy);
    }

    [Theory]
    [InlineData("http://mem0.example.com")]
    [InlineData("ftp://localhost")]
    public void New_KeyWithoutEncryption_IsRefused(string address) =>
        Assert.Throws<OptionsValidationException>(() => Open(configure: options => options.BaseAddress = new Uri(address)));

    [Theory]
    [InlineData("with space")]
    [InlineData("")]
    public void New_UserThatMem0Refuses_IsRefused(string user) =>
        Assert.Throws<OptionsValidationException>(() => Open(configure: options => options.UserId = user));

    [Fact]
    public async Task Answer_AByteASecond_IsGivenUpAfterItsTime()
    {
        // Two bytes of an answer, and never the rest.
        var begun = new TaskCompletionSource();
        await using var server = new SocketStub(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\""u8.ToArray(), token);
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        });
        using var http = new HttpClient();
        var backend = new Mem0MemoryBackend(new Mem0BackendOptions { BaseAddress = server.Address }, () => http, _clock);

        var storing = backend.StoreAsync(Any.Entries(1), Token).AsTask();
        await begun.Task.WaitAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(30));
        var failure = await Assert.ThrowsAsync<MemoryBackendException>(() => storing);

        Assert.True(failure.IsTransient);
        Assert.Contains("no answer within", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"results\":")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Answer_ConnectionEndsTooEarly_IsAnOutage(string answer)
    {
        await using var server = new SocketStub(async (stream, token) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), token));
        using var http = new HttpClient();
        var backend = new Mem0MemoryBackend(new Mem0BackendOptions { BaseAddress = server.Address }, () => http, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync(Any.Entries(1), Token));

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task UseMem0_ServerRedirects_KeyDoesNotFollow()
    {
        var followed = false;
        await using var elsewhere = new SocketStub((_, _) =>
        {
            followed = true;
            return Task.CompletedTask;
        });
        await using var server = new SocketStub(async (stream, token) => await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Address}\r\nContent-Length: 0\r\n\r\n"), token));
        var services = new ServiceCollection();
        services.AddMemoryTriggers().UseMem0(options => (options.BaseAddress, options.ApiKey) = (server.Address, Canary));
        await using var provider = services.BuildServiceProvider();

        await Assert.ThrowsAsync<MemoryBackendException>(async () => await provider.GetRequiredService<IMemoryBackend>().InitializeAsync(Token));

        Assert.False(followed);
    }

    private Mem0Stub Stub(Mem0Flavor flavor) => flavor == Mem0Flavor.Hosted ? _hosted : _own;

    [Fact]
    public async Task Initialize_WithTheKeyOfAnotherOrganization_IsRefused()
    {
        await Open(configure: static options => options.OrganizationId = "o").InitializeAsync(Token);

        var refusal = await Assert.ThrowsAsync<MemoryBackendException>(() => Open(configure: static options => options.OrganizationId = "other").InitializeAsync(Token).AsTask());

        Assert.False(refusal.IsTransient);
        Assert.Contains("belongs to the organization 'o', not to 'other'", refusal.Message, StringComparison.Ordinal);
    }

    private Mem0MemoryBackend Open(Mem0Flavor flavor = Mem0Flavor.Hosted, Action<Mem0BackendOptions>? configure = null)
    {
        var options = new Mem0BackendOptions { Flavor = flavor, ApiKey = Canary };
        if (flavor == Mem0Flavor.SelfHosted) options.BaseAddress = new Uri("http://localhost:8888");
        configure?.Invoke(options);
        return new Mem0MemoryBackend(options, () => new HttpClient(Stub(flavor), disposeHandler: false), _clock);
    }
}
