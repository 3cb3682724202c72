using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>Calls an address with the data of the action as JSON. The same call has the same <c>Idempotency-Key</c>.</summary>
internal sealed class WebhookHandler(WebhookClient client) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.ExecuteWebhook;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        var url = ActionParameters.Text(call.Parameters, "url") ?? "";
        // Without the address: a part of it may be a secret.
        if (HttpAddress.Problem(url) is { } problem) throw new PolicyActionException($"'url' {problem}", isPermanent: true);

        using var request = new HttpRequestMessage(new HttpMethod((ActionParameters.Text(call.Parameters, "method") ?? "POST")
            .ToUpperInvariant()), new Uri(url));
        AddContent(request, call.Parameters);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", ActionId.Of(call, entry).ToString());
        AddHeaders(request, call.Parameters);
        var status = await StatusAsync(request, cancellationToken).ConfigureAwait(false);
        if ((int)status is >= 200 and < 300) return [];
        var isPermanent = (int)status < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
        throw new PolicyActionException($"it answered with status {(int)status}", isPermanent);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new PolicyActionException($"it did not answer ({exception.HttpRequestError})", isPermanent: false);
        }
    }

    private static void AddContent(HttpRequestMessage request, JsonElement parameters)
    {
        if (request.Method == HttpMethod.Get || !parameters.TryGetProperty("data", out var data)) return;
        request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(data.GetRawText()));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    private static void AddHeaders(HttpRequestMessage request, JsonElement parameters)
    {
        if (!parameters.TryGetProperty("headers", out var headers) || headers.ValueKind != JsonValueKind.Object) return;
        foreach (var header in headers.EnumerateObject())
        {
            // A value from a memory may hold a line break, which would be a header of its own.
            var value = ActionParameters.Text(headers, header.Name) ?? "";
            if (value.AsSpan().IndexOfAny('\r', '\n') >= 0)
                throw new PolicyActionException($"the header '{header.Name}' has a line break", isPermanent: true);
            if (header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                if (request.Content is not null)
                    request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(value, out var type) ? type : null;
            }
            else if (header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)
                || !request.Headers.TryAddWithoutValidation(header.Name, value))
            {
                throw new PolicyActionException($"the header '{header.Name}' cannot be set", isPermanent: true);
            }
        }
    }
}
