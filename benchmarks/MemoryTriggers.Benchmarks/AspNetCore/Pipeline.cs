using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers.Benchmarks.AspNetCore;

/// <summary>A pipeline without a server: a handler that is done at once, behind the middleware or not.</summary>
internal sealed class Pipeline
{
    private readonly RequestDelegate _request;
    private readonly DefaultHttpContext _context = new();

    public Pipeline(bool hasMiddleware, int status = StatusCodes.Status200OK)
    {
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());
        if (hasMiddleware) app.UseMemoryTriggers();
        app.Run(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        _request = app.Build();
    }

    public void Send(int count)
    {
        for (var number = 0; number < count; number++) _request(_context).GetAwaiter().GetResult();
    }
}
