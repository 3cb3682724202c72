using System.Net;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>Requests that another service has failed become memories, by host and route.</summary>
[Collection(nameof(ProcessWide))]
public sealed class HttpHookTests : IDisposable
{
    private readonly RecordingSink _sink = new();
    private readonly ManualTimeProvider _time = new();
    private readonly List<ServiceProvider> _providers = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var provider in _providers) provider.Dispose();
        _sink.Dispose();
    }

    [Fact]
    public async Task Answer_ThatFails_IsRememberedByHostAndRoute()
    {
        using var client = Client(Answers(HttpStatusCode.ServiceUnavailable));
        client.DefaultRequestHeaders.Add("Authorization", "Bearer canary-1");

        using var response = await client.GetAsync("https://me:canary-2@shop.example:8443/v2/orders/42?key=canary-3#canary-4", Token);

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal("Error in GET shop.example:8443/v2/orders/{id}: http_503: The dependency answered 503", entry.Content);
        Assert.Equal(("GET shop.example:8443/v2/orders/{id}", "http_client", "http_503"), (entry.Key, entry.Source, entry.EntityId));
        Assert.Equal(503, entry.Value.GetProperty("metadata").GetProperty("status").GetInt32());
        Assert.Contains("dependency", entry.Tags);
        Assert.DoesNotContain("canary", entry.Content + entry.Value.GetRawText() + string.Join(' ', entry.Tags), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, 0)]
    [InlineData(HttpStatusCode.NotFound, 0)]
    [InlineData(HttpStatusCode.Unauthorized, 0)]
    [InlineData(HttpStatusCode.RequestTimeout, 1)]
    [InlineData(HttpStatusCode.TooManyRequests, 1)]
    [InlineData(HttpStatusCode.InternalServerError, 1)]
    public async Task Answer_ByItsStatus_CountsAsAFailureOrNot(HttpStatusCode status, int expected)
    {
        using var client = Client(Answers(status));

        using var response = await client.GetAsync("https://shop.example/", Token);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(expected, _sink.Entries.Count);
    }

    [Fact]
    public async Task Exception_OfAConnection_IsRememberedAndPassesAsItWas()
    {
        var refused = new HttpRequestException(HttpRequestError.ConnectionError, "refused: https://shop.example/orders?key=canary-1");
        using var client = Client((_, _) => throw refused);

        var thrown = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("https://shop.example/orders?key=canary-1", Token));

        Assert.Same(refused, thrown);
        var entry = Assert.Single(_sink.Entries);
        Assert.Equal("Error in GET shop.example/orders: http_ConnectionError: The dependency did not answer (HttpRequestException)", entry.Content);
        Assert.DoesNotContain("canary", entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public async Task Request_GivenUp_CountsAsTimedOutWhenItTookLong(int seconds, int expected)
    {
        using var cancellation = new CancellationTokenSource();
        using var client = Client(async (_, token) =>
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return new HttpResponseMessage();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync("https://shop.example/", cancellation.Token));

        Assert.Equal(expected, _sink.Entries.Count);
        Assert.All(_sink.Entries, static entry => Assert.Equal(("http_timeout", TimeSpan.FromSeconds(5)), (entry.EntityId, entry.Duration)));
    }

    [Theory]
    [InlineData("watched", true)]
    [InlineData("all", false)]
    public async Task Request_OfAClientThatGivesUpSooner_CountsAsTimedOut(string name, bool isSingle)
    {
        var services = Services();
        var memory = services.AddMemoryTriggers();
        if (!isSingle) memory.AddHttpClientHooks();
        var client = services.AddHttpClient(name, static client => client.Timeout = TimeSpan.FromSeconds(2)).ConfigurePrimaryHttpMessageHandler(() => new StubHandler((_, _) =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            throw new TaskCanceledException();
        }));
        if (isSingle) client.AddMemoryTriggers();
        using var http = Build(services).GetRequiredService<IHttpClientFactory>().CreateClient(name);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.GetAsync("https://shop.example/", Token));

        Assert.Equal("http_timeout", Assert.Single(_sink.Entries).EntityId);
    }

    [Fact]
    public async Task Address_ThatTheClientCannotUse_IsNoFailureOfADependency()
    {
        var services = Services();
        services.AddMemoryTriggers().AddHttpClientHooks();
        using var client = Build(services).GetRequiredService<IHttpClientFactory>().CreateClient();

        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetAsync("ftp://shop.example/orders", Token));

        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public async Task Failures_OfOneRoute_AreOneMemoryAWindow()
    {
        using var client = Client(Answers(HttpStatusCode.BadGateway));

        for (var order = 0; order < 50; order++) (await client.GetAsync($"https://shop.example/orders/{order}", Token)).Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));
        (await client.GetAsync("https://shop.example/orders/50", Token)).Dispose();

        Assert.Equal(2, _sink.Entries.Count);
        Assert.Equal(49, _sink.Entries[1].Value.GetProperty("metadata").GetProperty("repeats").GetInt32());
    }

    [Fact]
    public void Send_Synchronous_IsRememberedToo()
    {
        using var client = Client(Answers(HttpStatusCode.BadGateway));

        using var response = client.Send(new HttpRequestMessage(HttpMethod.Post, "https://shop.example/orders"), Token);

        Assert.Equal("POST shop.example/orders", Assert.Single(_sink.Entries).Key);
    }

    [Theory]
    [InlineData("https://a.example/users/7/orders/0f8fad5b-d9cd-469f-a165-70867728950e", "GET a.example/users/{id}/orders/{id}")]
    [InlineData("https://a.example/oauth2/token", "GET a.example/oauth2/token")]
    [InlineData("https://a.example/v12/things", "GET a.example/v12/things")]
    [InlineData("https://a.example/u/jane%40mail.example", "GET a.example/u/{id}")]
    [InlineData("https://a.example/hook/abcdefghijabcdefghijabcdefghijabcdefghijk", "GET a.example/hook/{id}")]
    [InlineData("https://a.example/ORD-0042/", "GET a.example/{id}/")]
    [InlineData("http://a.example:80", "GET a.example/")]
    public void Route_OfAnAddress_HasNoIds(string address, string route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);

        Assert.Equal(route, RequestRoute.Of(request).ToString());
    }

    [Fact]
    public void Route_ThatTheRequestNames_IsTaken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://a.example/users/jane");
        request.Options.Set(HttpHookOptions.Route, "/users/{name}");

        Assert.Equal("GET a.example/users/{name}", RequestRoute.Of(request).ToString());
    }

    [Fact]
    public async Task Request_OfTheMemoryItself_IsNotRemembered()
    {
        using var own = Client(Answers(HttpStatusCode.BadGateway), Mem0MemoryBackend.BackendName);
        using var other = Client(Answers(HttpStatusCode.BadGateway));

        (await own.GetAsync("https://mem0.example/", Token)).Dispose();
        using (TriggerHub.SuppressCapture()) (await other.GetAsync("https://shop.example/", Token)).Dispose();

        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public async Task Judgement_ThatThrows_DoesNotReachTheRequest()
    {
        using var client = Client(Answers(HttpStatusCode.BadGateway), configure: static options => options.IsFailure = static _ => throw new NotSupportedException());

        using var response = await client.GetAsync("https://shop.example/", Token);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public async Task Handler_OfOneClient_LooksAtThatOneOnly()
    {
        var services = Services();
        services.AddMemoryTriggers();
        services.AddHttpClient("watched").AddMemoryTriggers().ConfigurePrimaryHttpMessageHandler(static () => new StubHandler(Answers(HttpStatusCode.BadGateway)));
        services.AddHttpClient("other").ConfigurePrimaryHttpMessageHandler(static () => new StubHandler(Answers(HttpStatusCode.BadGateway)));
        var clients = Build(services).GetRequiredService<IHttpClientFactory>();

        (await clients.CreateClient("other").GetAsync("https://other.example/", Token)).Dispose();
        (await clients.CreateClient("watched").GetAsync("https://watched.example/", Token)).Dispose();

        Assert.Equal("GET watched.example/", Assert.Single(_sink.Entries).Key);
    }

    [Fact]
    public async Task Handler_InAProgramWithoutMemory_OnlyPassesOn()
    {
        var services = Services();
        services.AddHttpClient("library").AddMemoryTriggers().ConfigurePrimaryHttpMessageHandler(static () => new StubHandler(Answers(HttpStatusCode.BadGateway)));

        using var response = await Build(services).GetRequiredService<IHttpClientFactory>().CreateClient("library").GetAsync("https://shop.example/", Token);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public void Limits_OutOfBounds_AreRefused()
    {
        var services = Services();
        services.AddMemoryTriggers().AddHttpClientHooks(static options => options.MaxPerMinute = 0);

        Assert.Throws<OptionsValidationException>(() => Build(services).GetRequiredService<IOptions<HttpHookOptions>>().Value);
    }

    [Fact]
    public async Task Exception_OfADependency_IsNotRememberedAgainWhenItIsLogged()
    {
        var services = Services();
        services.AddMemoryTriggers().AddHttpClientHooks().AddLogHooks();
        services.AddHttpClient("shop").ConfigurePrimaryHttpMessageHandler(static () => new StubHandler(static (_, _) => throw new HttpRequestException("refused")));
        var provider = Build(services);
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("shop");

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("https://shop.example/", Token));
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders").LogError(exception, "The supplier does not answer");

        Assert.Equal("http_client", Assert.Single(_sink.Entries).Source);
    }

    [Fact]
    public async Task Exception_OfADependencyThatFailsAScope_IsNamedByTheMemoryOfTheScope()
    {
        using var client = Client(static (_, _) => throw new HttpRequestException("refused"));

        using (var scope = TriggerScope.Workflow("checkout"))
        {
            scope.Fail(await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("https://shop.example/", Token)));
        }

        var (request, checkout) = (_sink.Entries.Single(static entry => entry.Source == "http_client"), _sink.Entries.Single(static entry => entry.Key == "checkout"));
        Assert.Equal(request.Id.ToString(), checkout.Value.GetProperty("metadata").GetProperty("remembered_as").GetString());
    }

    private HttpClient Client(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer, string name = "shop", Action<HttpHookOptions>? configure = null)
    {
        var services = Services();
        services.AddMemoryTriggers().AddHttpClientHooks(configure);
        services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => new StubHandler(answer));
        return Build(services).GetRequiredService<IHttpClientFactory>().CreateClient(name);
    }

    private ServiceCollection Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        return services;
    }

    private ServiceProvider Build(ServiceCollection services)
    {
        _providers.Add(services.BuildServiceProvider());
        return _providers[^1];
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answers(HttpStatusCode status) =>
        (_, _) => Task.FromResult(new HttpResponseMessage(status));

    private sealed class StubHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken).GetAwaiter().GetResult();
    }
}
