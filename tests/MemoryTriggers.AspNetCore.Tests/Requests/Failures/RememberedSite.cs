using MemoryTriggers.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers.AspNetCore.Tests.Requests.Failures;

/// <summary>A web application with a real store.</summary>
internal sealed class RememberedSite : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly Site _site;

    private RememberedSite(TemporaryDirectory directory, Site site) => (_directory, _site) = (directory, site);

    public HttpClient Client => _site.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemoryTriggerService Service => _site.Services.GetRequiredService<MemoryTriggerService>();

    public static async Task<RememberedSite> StartAsync(
        Action<WebApplication> configure, bool inMemory = false, Action<IServiceCollection>? services = null,
        Action<MemoryTriggersOptions>? options = null)
    {
        var directory = new TemporaryDirectory();
        var site = await Site.StartAsync(
            configure,
            added =>
            {
                added.AddMemoryTriggers(all =>
                {
                    all.DataDirectory = directory.Path;
                    options?.Invoke(all);
                }).AddLogHooks();
                services?.Invoke(added);
            },
            inMemory);
        return new RememberedSite(directory, site);
    }

    /// <summary>Calls a path so many times, one after the other.</summary>
    public async Task CallAsync(string path, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), Token);
            await response.Content.ReadAsStringAsync(Token);
        }
    }

    /// <summary>All memories, once the requests so far are over.</summary>
    public async Task<IReadOnlyList<MemoryEntry>> EntriesAsync()
    {
        Assert.True(await Service.FlushAsync(cancellationToken: Token));
        return await Service.Backend.QueryAsync(new MemoryQuery { AllProjects = true, Limit = MemoryQuery.MaxLimit }, Token);
    }

    public async Task<IReadOnlyList<RecalledError>> ErrorsAsync() =>
        await Service.Memory.Errors.ListAsync(cancellationToken: Token).ToListAsync(Token);

    /// <summary>Ends the application, and reads what it has counted.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountsAsync()
    {
        await _site.StopAsync();
        return CountedOperations.Read(_directory.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _directory.Dispose();
    }
}
