using Microsoft.Extensions.Http;

namespace MemoryTriggers.Hooks;

/// <summary>Puts the handler around those of every client: outside of retries, so that what was retried with success is no failure.</summary>
internal sealed class HttpFailureFilter(HttpFailures failures) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        var isOwn = builder.Name == Mem0MemoryBackend.BackendName;
        var isThere = builder.AdditionalHandlers.Any(static handler => handler is HttpFailureHandler);
        if (!isOwn && !isThere) builder.AdditionalHandlers.Insert(0, new HttpFailureHandler(failures, builder.Name));
    };
}
