using MemoryTriggers.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.AspNetCore.Tests.Requests;

/// <summary>The middleware and the log hook together: a request that fails is one memory, whoever has logged what on its way.</summary>
public sealed class RequestAndLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _backend = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Request_WhoseExceptionWasLoggedOnItsWay_IsOneMemoryWithTheLines()
    {
        var entries = await RememberedAsync(static logger =>
        {
            try
            {
                throw new InvalidOperationException("no funds");
            }
            catch (InvalidOperationException exception)
            {
                logger.LogError(exception, "Payment of {Order} failed", 7);
                throw new InvalidOperationException("order", exception);
            }
        });

        var entry = Assert.Single(entries);
        Assert.Equal("GET /pay", entry.Key);
        var logged = entry.Value.GetProperty("metadata").GetProperty("logged").GetString();
        Assert.Contains("Cashier: Payment of 7 failed", logged, StringComparison.Ordinal);
        Assert.Contains("ExceptionHandlerMiddleware", logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ThatGoesOnAfterAnError_LeavesTheMemoryOfTheLine()
    {
        var entries = await RememberedAsync(static logger =>
        {
            logger.LogError(new InvalidOperationException("no funds"), "Payment failed; tried another card");
            return Task.CompletedTask;
        });

        Assert.Equal("logger", Assert.Single(entries).Source);
    }

    [Fact]
    public async Task Request_ThatFailsOfSomethingElse_IsAMemoryBesideTheLine()
    {
        var entries = await RememberedAsync(static logger =>
        {
            logger.LogError(new TimeoutException("slow"), "The printer does not answer");
            throw new InvalidOperationException("no funds");
        });

        Assert.Equal(["aspnetcore", "logger"], entries.Select(static entry => entry.Source).Order());
        Assert.Equal(entries.Single(static entry => entry.Source == "aspnetcore").TraceId, entries.Single(static entry => entry.Source == "logger").TraceId);
    }

    private async Task<IReadOnlyList<MemoryEntry>> RememberedAsync(Func<ILogger, Task> pay)
    {
        await using (var site = await Site.StartAsync(
            app =>
            {
                app.UseMemoryTriggers();
                app.UseExceptionHandler(static handler => handler.Run(static context => context.Response.WriteAsync("sorry", Token)));
                app.UseRouting();
                app.MapGet("/pay", (ILoggerFactory loggers) => pay(loggers.CreateLogger("Shop.Cashier")));
            },
            services => services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path).UseBackend(_ => _backend).AddLogHooks()))
        {
            await site.GetAsync("/pay");
            await site.StopAsync();
        }

        return [.. _backend.Attempts.SelectMany(static batch => batch)];
    }
}
