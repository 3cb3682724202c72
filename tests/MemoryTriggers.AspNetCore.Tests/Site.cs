using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.AspNetCore.Tests;

/// <summary>A real web application on a free port of the loopback address, and a client of it.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app, HttpClient client) => (_app, Client) = (app, client);

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="configure">Builds the pipeline.</param>
    /// <param name="services">Adds services.</param>
    /// <param name="inMemory">Calls it in memory, with requests that inherit nothing from the start or from the caller.</param>
    public static async Task<Site> StartAsync(Action<WebApplication> configure, Action<IServiceCollection>? services = null, bool inMemory = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (inMemory) builder.WebHost.UseTestServer();
        else builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddLogging(static logging => logging.ClearProviders());
        services?.Invoke(builder.Services);
        var app = builder.Build();
        configure(app);
        await app.StartAsync(Token);
        return new Site(app, inMemory ? app.GetTestClient() : new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    public async Task<HttpStatusCode> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return response.StatusCode;
    }

    /// <summary>Waits for what is still running behind an answer that has arrived.</summary>
    public Task StopAsync() => _app.StopAsync(Token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
