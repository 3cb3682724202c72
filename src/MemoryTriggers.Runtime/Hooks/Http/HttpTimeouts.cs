using System.Collections.Concurrent;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>
/// How long each client of the factory waits, by its name. A handler sees neither that nor whose cancellation it was: one that comes when
/// this time is up is the client's. What is set on a client after the factory has made it is not known. Thread-safe.
/// </summary>
internal sealed class HttpTimeouts : IPostConfigureOptions<HttpClientFactoryOptions>
{
    // The client's clock starts a little before the handler's.
    private const double Tolerance = 0.9;

    private readonly ConcurrentDictionary<string, TimeSpan> _timeouts = new(StringComparer.Ordinal);

    /// <summary>Whether a client gives up after such a time.</summary>
    public bool IsOver(string? client, TimeSpan duration) =>
        client is not null && _timeouts.TryGetValue(client, out var timeout) && timeout != Timeout.InfiniteTimeSpan
            && duration >= timeout * Tolerance;

    /// <summary>Looks at each client that is made, after all other settings.</summary>
    public void PostConfigure(string? name, HttpClientFactoryOptions options) =>
        options.HttpClientActions.Add(client => _timeouts[name ?? Options.DefaultName] = client.Timeout);
}
