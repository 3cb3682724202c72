using System.Net;

namespace MemoryTriggers.Benchmarks.Hooks;

/// <summary>A dependency that answers at once.</summary>
internal sealed class FixedAnswer(HttpStatusCode status) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(status));
}
