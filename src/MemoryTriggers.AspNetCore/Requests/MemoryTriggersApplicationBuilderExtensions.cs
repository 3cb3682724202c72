using MemoryTriggers;
using MemoryTriggers.Requests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Remembers the requests of a web application.</summary>
public static class MemoryTriggersApplicationBuilderExtensions
{
    private const string Added = "MemoryTriggers.Requests";

    /// <summary>
    /// Remembers requests that fail or are slow, by method and route template. Put it first: then it sees the answer that the client
    /// sees, and an exception all the same that a handler has made an answer of. While no runtime is started, and for requests that are
    /// in order, nothing is written. A second call adds its settings to those of the first and nothing else.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="configure">Changes the settings; those of the configuration, if it has any, come before.</param>
    /// <exception cref="OptionsValidationException">A setting is out of its bounds.</exception>
    public static IApplicationBuilder UseMemoryTriggers(this IApplicationBuilder app, Action<RequestMemoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.ApplicationServices.GetService<IOptions<RequestMemoryOptions>>()?.Value ?? new RequestMemoryOptions();
        configure?.Invoke(options);
        if (new RequestMemoryOptionsValidator().Validate(null, options) is { Failed: true } result)
        {
            throw new OptionsValidationException(nameof(RequestMemoryOptions), typeof(RequestMemoryOptions), result.Failures);
        }

        // A request is one memory, however often the middleware is added; the pipeline reads the settings when it is built.
        if (!app.Properties.TryAdd(Added, null)) return app;
        var time = app.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System;
        return app.Use(next => new RequestMemoryMiddleware(next, options, time).InvokeAsync);
    }
}
