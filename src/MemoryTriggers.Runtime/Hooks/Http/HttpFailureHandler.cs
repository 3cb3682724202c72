namespace MemoryTriggers.Hooks;

/// <summary>
/// Tells of requests that another service has failed, by host and route. The program gets the answer, or the exception, as it was.
/// </summary>
internal sealed class HttpFailureHandler(HttpFailures failures, string? client) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!failures.IsOn) return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        var started = failures.Timestamp;
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (failures.Saw(client, request, null, exception, started))
        {
            throw;
        }

        failures.Saw(client, request, response.StatusCode, null, started);
        return response;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!failures.IsOn) return base.Send(request, cancellationToken);

        var started = failures.Timestamp;
        HttpResponseMessage response;
        try
        {
            response = base.Send(request, cancellationToken);
        }
        catch (Exception exception) when (failures.Saw(client, request, null, exception, started))
        {
            throw;
        }

        failures.Saw(client, request, response.StatusCode, null, started);
        return response;
    }
}
