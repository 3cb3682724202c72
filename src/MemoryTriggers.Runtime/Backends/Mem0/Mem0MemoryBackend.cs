using System.Text.Json;
using MemoryTriggers.Backends.InMemory;
using MemoryTriggers.Backends.Mem0;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>
/// Keeps memories in mem0: the hosted service or a server of one's own. Safe for concurrent use. docs/mem0.md says what it costs and what
/// it cannot promise.
/// </summary>
/// <remarks>
/// There is no transaction over HTTP: when a batch fails, what was stored before stays, and is found by its id when the batch is stored
/// again.
/// </remarks>
public sealed class Mem0MemoryBackend : IMemoryBackend
{
    internal const string BackendName = "mem0ai";
    private const int SearchWidth = 5;

    private readonly Mem0BackendOptions _options;
    private readonly IMem0Server _server;
    private readonly Mem0Writes _writes;

    /// <summary>Makes the backend.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="http">Gives the client for a request; it must not follow redirects, which would carry the key elsewhere.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="OptionsValidationException">A setting is out of range, or a key would be sent without encryption.</exception>
    public Mem0MemoryBackend(Mem0BackendOptions options, Func<HttpClient> http, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (new Mem0BackendOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(Mem0BackendOptions), typeof(Mem0BackendOptions), result.Failures);
        if (options.BaseAddress is { Scheme: "http", IsLoopback: false } && !options.AllowInsecure && options.Key() is not null)
            throw Refusal("A key would be sent without encryption; use https, or set AllowInsecure.");

        (_options, _writes) = (options, new Mem0Writes(timeProvider.GetUtcNow()));
        var client = new Mem0Client(options, http, timeProvider);
        _server = options.Flavor == Mem0Flavor.Hosted ? new HostedMem0Server(client, options) : new SelfHostedMem0Server(client, options);
    }

    /// <inheritdoc/>
    public string Name => BackendName;

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => _server.PingAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        var last = batch.GroupBy(static entry => entry.Id).Select(static same => same.Last());
        await Parallel.ForEachAsync(
            last,
            new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrency, CancellationToken = cancellationToken },
            StoreOneAsync).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken).ConfigureAwait(false)).Select(static found => found.Entry).FirstOrDefault();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var entries = await MatchingAsync(query, cancellationToken).ConfigureAwait(false);
        return
        [
            .. entries
                .OrderByDescending(static entry => entry.CreatedAt)
                .ThenByDescending(static entry => entry.Id)
                .Skip(query.Offset)
                .Take(query.Limit),
        ];
    }

    /// <summary>As mem0 finds and ranks them: by meaning, not by words. <see cref="MemoryHit.MatchedWords"/> is empty.</summary>
    public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        if (string.IsNullOrWhiteSpace(text)) return [];

        // What the server cannot filter falls away here, so that more is asked for.
        var items = await _server.SearchAsync(
            text, query, (query.Offset + query.Limit) * SearchWidth, cancellationToken).ConfigureAwait(false);
        return
        [
            .. items.Select(static item => (Found: Mem0Entry.Read(item), Score: Score(item)))
                .Where(item => item.Found is { } found && EntryFilter.Matches(query, found.Entry))
                .DistinctBy(static item => item.Found!.Value.Entry.Id)
                .Skip(query.Offset)
                .Take(query.Limit)
                .Select(static item => new MemoryHit(item.Found!.Value.Entry, item.Score, [])
                {
                    Explanation = new MemoryExplanation { StoreScore = item.Score },
                }),
        ];
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return (await MatchingAsync(query, cancellationToken).ConfigureAwait(false)).Count();
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var deleted = false;
        foreach (var (remoteId, _) in await FindAsync(id, cancellationToken).ConfigureAwait(false))
            deleted |= await _server.DeleteAsync(remoteId, cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return key is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.PingAsync(cancellationToken).ConfigureAwait(false);
            return new MemoryBackendHealth(Name, true, $"{_options} answers");
        }
        catch (MemoryBackendException exception)
        {
            return new MemoryBackendHealth(Name, false, exception.Message);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private async ValueTask StoreOneAsync(MemoryEntry entry, CancellationToken cancellationToken)
    {
        if (_writes.IsFirst(entry)) await AddFirstAsync(entry, cancellationToken).ConfigureAwait(false);
        else await AddOrUpdateAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask AddFirstAsync(MemoryEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await _server.AddAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception) when (!exception.IsUnanswered)
        {
            _writes.TakeBack(entry);
            throw;
        }
    }

    // Looked up first: an earlier attempt may have stored it and lost the answer, also one of an earlier process.
    private async ValueTask AddOrUpdateAsync(MemoryEntry entry, CancellationToken cancellationToken)
    {
        var known = await FindAsync(entry.Id, cancellationToken).ConfigureAwait(false);
        if (known.Count == 0) await _server.AddAsync(entry, cancellationToken).ConfigureAwait(false);
        else await _server.UpdateAsync(known[0].RemoteId, entry, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<(string RemoteId, MemoryEntry Entry)>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var items = await _server.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return [.. items.Select(Mem0Entry.Read).OfType<(string RemoteId, MemoryEntry Entry)>().Where(found => found.Entry.Id == id)];
    }

    private async ValueTask<IEnumerable<MemoryEntry>> MatchingAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var items = await _server.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return items.Select(Mem0Entry.Read).OfType<(string RemoteId, MemoryEntry Entry)>().Select(static found => found.Entry)
            .Where(entry => EntryFilter.Matches(query, entry)).DistinctBy(static entry => entry.Id);
    }

    private static double Score(JsonElement item) =>
        item.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : 0;

    private static OptionsValidationException Refusal(string why) => new(nameof(Mem0BackendOptions), typeof(Mem0BackendOptions), [why]);
}
