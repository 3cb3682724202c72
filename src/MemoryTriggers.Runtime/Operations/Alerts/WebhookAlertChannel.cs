using System.Net.Http.Headers;
using MemoryTriggers.Policies;

namespace MemoryTriggers.Operations;

/// <summary>Posts alerts as JSON, by the way that policies take: only to hosts that the program allows.</summary>
internal sealed class WebhookAlertChannel(Uri address, WebhookClient client) : IAlertChannel
{
    public string Name => "webhook";

    public async ValueTask SendAsync(MemoryAlert alert, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(AlertJson.Write(alert)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        // The same for each attempt to send the same notice.
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"{alert.Id}-{AlertJson.State(alert)}");
        var status = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if ((int)status is < 200 or >= 300) throw new HttpRequestException($"it answered with status {(int)status}", null, status);
    }
}
