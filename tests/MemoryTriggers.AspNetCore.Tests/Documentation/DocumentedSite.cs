using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers.AspNetCore.Tests.Documentation;

/// <summary>The programs of docs/aspnetcore.md, word for word, so that they compile.</summary>
internal static class DocumentedSite
{
    public static void Whole(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddMemoryTriggers(options => options.Project = "shop");

        var app = builder.Build();
        app.UseMemoryTriggers();                                             // requests that fail or are slow
        app.MapPost("/orders", PlaceOrderAsync).RememberAs("place order");   // every execution of a handler
        app.MapMemoryTriggers();                                             // /memory-triggers/health, metrics, live, ready
        app.Run();
    }

    public static void WhoMayAsk(WebApplication app)
    {
        app.MapMemoryTriggers().RequireAuthorization("operators");
        app.MapMemoryTriggers(configure: options => options.TrustLocalCallers = false);
        app.MapMemoryTriggers(configure: options => options.OpenProbes = true);      // live and ready for all: an orchestrator's probes
        app.MapMemoryTriggers("/internal/memory").AllowAnonymous().AddEndpointFilter((context, next) =>
            context.HttpContext.Connection.LocalPort == 9090 ? next(context) : ValueTask.FromResult<object?>(Results.NotFound()));
    }

    private static Task<IResult> PlaceOrderAsync() => Task.FromResult(Results.NoContent());
}
