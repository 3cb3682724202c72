using System.Net;
using System.Net.Sockets;

namespace MemoryTriggers.Policies;

/// <summary>
/// The only way from a rule to the network. The name must be on the list; the address is checked at the moment of connecting, and it is
/// that address that is connected to, so that a name cannot point elsewhere in between. No redirects, no proxy, no cookies.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private readonly WebhookReach _reach;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpClient _client;

    /// <param name="options">Which hosts and addresses may be reached.</param>
    /// <param name="resolve">From a name to its addresses.</param>
    public WebhookClient(PoliciesOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _reach = new WebhookReach(options.WebhookHosts, options.WebhookPrivateAddresses);
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // A name whose address changes is resolved again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc cref="WebhookReach.Problem"/>
    public string? Problem(Uri address) => _reach.Problem(address.OriginalString);

    /// <returns>The status of the answer; its body is not read.</returns>
    /// <exception cref="PolicyActionException">The host may not be called.</exception>
    /// <exception cref="HttpRequestException">It did not answer.</exception>
    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var host = request.RequestUri!.IdnHost;
        if (!_reach.IsListed(host))
            throw new PolicyActionException("the host is not among the allowed hosts", isPermanent: true);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            return response.StatusCode;
        }
        catch (HttpRequestException exception) when (exception.InnerException is PolicyActionException refusal)
        {
            throw new PolicyActionException(refusal.Message, refusal.IsPermanent);
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await _resolve(host, cancellationToken).ConfigureAwait(false);
        var reachable = Array.FindAll(addresses, address => _reach.AllowPrivate || PublicAddress.Is(address));
        if (reachable.Length == 0) throw new PolicyActionException("the host's address is not a public one", isPermanent: true);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
