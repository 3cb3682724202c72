using Microsoft.Extensions.Http;

namespace MemoryTriggers.Hooks;

/// <summary>
/// Puts the handler around those of every client: outside of retries, so that what was retried with success is no failure.
/// </summary>
/// <param name="failures">Makes memories of failed requests.</param>
/// <param name="ownClient">The client of the store: its requests are not remembered.</param>
internal sealed class HttpFailureFilter(HttpFailures failures, string ownClient) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        var isOwn = builder.Name == ownClient;
        var isThere = builder.AdditionalHandlers.Any(static handler => handler is HttpFailureHandler);
        if (!isOwn && !isThere) builder.AdditionalHandlers.Insert(0, new HttpFailureHandler(failures, builder.Name));
    };
}
