using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Backends.Mem0;

/// <summary>
/// One request to mem0 and its answer. Tries nothing twice: delivery does that. After 429 it lets nothing out until the pause that the
/// server asked for is over. Thread-safe.
/// </summary>
internal sealed class Mem0Client(Mem0BackendOptions options, Func<HttpClient> http, TimeProvider time)
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    // Without the slash the last part of the address would be replaced.
    private readonly Uri _base = options.BaseAddress.AbsoluteUri.EndsWith('/')
        ? options.BaseAddress
        : new Uri(options.BaseAddress.AbsoluteUri + "/");
    private long _pausedSince;
    private TimeSpan _pause;

    /// <exception cref="MemoryBackendException">It did not work; whether another try may, the exception says.</exception>
    public async ValueTask<JsonElement> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) =>
        await TrySendAsync(method, path, body, cancellationToken).ConfigureAwait(false)
        ?? throw Mem0Failure.Of(HttpStatusCode.NotFound, "", null, options.ApiKeyEnvironmentVariable);

    /// <returns><see langword="null"/> when the server has no such thing (404).</returns>
    public async ValueTask<JsonElement?> TrySendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        RefuseWhilePaused();
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = Request(method, path, body);
            using var response = await http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            var text = await ReadAsync(response.Content, either.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotFound) return null;
            if (!response.IsSuccessStatusCode) throw Failure(response, text);
            return JsonElement.Parse(text);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Mem0Failure.Unanswered($"no answer within {options.Timeout}", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new MemoryBackendException(
                Mem0MemoryBackend.BackendName, $"the connection failed: {exception.Message}", isTransient: true, exception)
            {
                IsUnanswered = !WasNotSent(exception),
            };
        }
        catch (JsonException exception)
        {
            // Half an answer, or that of some proxy on the way: the next one may be whole.
            throw Mem0Failure.Unanswered("the answer is not JSON", exception);
        }
    }

    private static bool WasNotSent(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body)
    {
        var request = new HttpRequestMessage(method, new Uri(_base, path));
        if (options.Key() is { } key)
        {
            if (options.Flavor == Mem0Flavor.Hosted) request.Headers.Authorization = new AuthenticationHeaderValue("Token", key);
            else request.Headers.TryAddWithoutValidation("X-API-Key", key);
        }

        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        return await content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    private MemoryBackendException Failure(HttpResponseMessage response, string text)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - time.GetUtcNow() : null);
        if (response.StatusCode == HttpStatusCode.TooManyRequests && wait is { } pause && pause > TimeSpan.Zero)
        {
            _pause = pause < LongestPause ? pause : LongestPause;
            Volatile.Write(ref _pausedSince, time.GetTimestamp());
        }

        return Mem0Failure.Of(response.StatusCode, text, wait, options.ApiKeyEnvironmentVariable);
    }

    private void RefuseWhilePaused()
    {
        if (Volatile.Read(ref _pausedSince) is not 0 and var since && time.GetElapsedTime(since) < _pause)
            throw new MemoryBackendException(Mem0MemoryBackend.BackendName, $"it asked for a pause of {_pause.TotalSeconds:0} s",
                isTransient: true);
    }
}
