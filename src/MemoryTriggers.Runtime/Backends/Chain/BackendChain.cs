using System.Globalization;
using MemoryTriggers.Backends;
using MemoryTriggers.Backends.Chain;
using MemoryTriggers.Circuits;
using MemoryTriggers.Files;
using MemoryTriggers.Ranking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Log = MemoryTriggers.Backends.Chain.Log;

namespace MemoryTriggers;

/// <summary>
/// Several stores in order. The first one has everything; when it is unavailable, a batch goes to the next one that is not, and from there
/// back to the first when that returns. Each store has a circuit breaker. Reads find a memory wherever it is, each once. Thread-safe.
/// </summary>
/// <remarks>
/// A batch that the first store has stored, but whose answer was lost, is stored in the next one, too, and goes back under the same id: it
/// is one memory. A refusal that is not transient is the store's word on the batch and is passed on; no other store is asked.
/// </remarks>
public sealed class BackendChain : IMemoryBackend, INotifyMemoryChanges, ICircuitOwner, IRankedStore, ISharingStore, ICompositeStore,
    IFileStore
{
    private readonly ChainLink[] _links;
    private readonly ChainDetection _detection;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ChainBacklog _backlog = new();
    private readonly ChainReturn _return;
    private readonly ChainWriter _writer;
    private readonly ChainReader _reader;
    private readonly CancellationTokenSource _stop = new();
    private string? _backlogPath;
    private Func<TimeSpan> _healthCheckTimeout = static () => CallLimit.HealthCheck;
    private Task _loop = Task.CompletedTask;
    private int _isDisposed;
    private int _isLooping;

    /// <summary>Makes the chain; it disposes of its stores.</summary>
    /// <param name="backends">The stores, the one that is to have everything first. Their names differ.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="logger">Learns of stores that go and come back.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">There is no store, or two have the same name.</exception>
    /// <exception cref="OptionsValidationException">A setting is out of range.</exception>
    /// <exception cref="MemoryBackendException">
    /// The backlog cannot be opened; with a relative path this shows when it is first used.
    /// </exception>
    public BackendChain(IReadOnlyList<IMemoryBackend> backends, BackendChainOptions options, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(backends);
        ArgumentNullException.ThrowIfNull(options);
        if (backends.Count == 0) throw new ArgumentException("A chain needs a store.", nameof(backends));
        if (backends.Select(static backend => backend.Name).Distinct().Count() < backends.Count)
            throw new ArgumentException("Two stores of the chain have the same name.", nameof(backends));
        if (new BackendChainOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(BackendChainOptions), typeof(BackendChainOptions), result.Failures);

        (_logger, _time) = (logger, timeProvider);
        // The stores share the time that a read has, so that the next one is asked in time.
        var share = options.ReadTimeout ?? CallLimit.Read / backends.Count;
        _links = [.. backends.Select(backend => new ChainLink(backend, options, share, timeProvider, logger))];
        _backlogPath = options.BacklogPath;
        if (Path.IsPathFullyQualified(_backlogPath ?? "")) OpenBacklog();
        _detection = new ChainDetection(options, timeProvider, logger);
        _return = new ChainReturn(_links, _backlog, options, timeProvider, logger);
        _writer = new ChainWriter(_links, _backlog, _return, Use, logger);
        _reader = new ChainReader(_links, _backlog, Use, logger);
        Name = $"chain({string.Join(" > ", backends.Select(static backend => backend.Name))})";
    }

    /// <summary>Another process wrote into one of the stores that notice such.</summary>
    public event EventHandler<MemoriesChangedEventArgs>? MemoriesChanged
    {
        add
        {
            foreach (var notifying in Notifying) notifying.MemoriesChanged += value;
        }

        remove
        {
            foreach (var notifying in Notifying) notifying.MemoriesChanged -= value;
        }
    }

    private IEnumerable<INotifyMemoryChanges> Notifying =>
        _links.Select(static link => link.Backend.GetService<INotifyMemoryChanges>())
            .Where(static notifying => notifying is not null)
            .Select(static notifying => notifying!);

    /// <summary>How often one store did the work of another.</summary>
    internal ChainUse Use { get; } = new();

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How many memories are in a lower store and wait for the first one.</summary>
    public int Backlog => _backlog.Count;

    /// <summary>The circuit breakers of the stores, in their order.</summary>
    public IReadOnlyList<CircuitBreaker> CircuitBreakers => [.. _links.Select(static link => link.Circuit)];

    /// <summary>The store that a batch would go to now.</summary>
    public string ActiveBackend => (Array.Find(_links, static link => link.IsAvailable) ?? _links[0]).Name;

    /// <summary>
    /// Opens the stores, all at once, in a few short attempts. One is enough; the others are tried again when they are needed.
    /// </summary>
    /// <exception cref="MemoryBackendException">None can be opened.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        OpenBacklog();
        var found = await Task.WhenAll(
            _links.Select((link, index) => _detection.FindAsync(link, isFirst: index == 0, cancellationToken))).ConfigureAwait(false);
        _reader.Found([.. found.Select(static link => link.MayHaveEntries)]);

        // A caller that retries, because no store was available, still has one loop.
        if (Interlocked.Exchange(ref _isLooping, 1) == 0)
        {
            using (ExecutionContext.SuppressFlow()) _loop = Task.Run(() => _return.RunAsync(_stop.Token), CancellationToken.None);
        }

        if (Array.TrueForAll(found, static link => link.Problem is not null)) throw found[^1].Problem!;
    }

    /// <inheritdoc/>
    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _writer.StoreAsync(batch, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => _reader.GetAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var answers = await _reader.AskAsync(
            (backend, token) => ChainReads.UpToAsync(backend, query, token),
            static entries => entries.Count == 0,
            cancellationToken).ConfigureAwait(false);
        return ChainReads.Merge(answers, _backlog, query);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var wide = query with { Offset = 0, Limit = (int)Math.Min(MemoryQuery.MaxLimit, (long)query.Offset + query.Limit) };
        var answers = await _reader.AskAsync(
            (backend, token) => backend.SearchAsync(text, wide, token),
            static hits => hits.Count == 0,
            cancellationToken).ConfigureAwait(false);
        return answers.Count == 1
            ? [.. answers[0].Answer.Skip(query.Offset).Take(query.Limit)]
            : ChainReads.Fuse([.. answers.Select(static answer => answer.Answer)], query);
    }

    ISharedStateStore? ISharingStore.SharedState => _links
        .Select(static link => link.Backend.GetService<ISharingStore>()?.SharedState)
        .FirstOrDefault(static shared => shared is not null);

    IEnumerable<IMemoryBackend> ICompositeStore.Stores => _links.Select(static link => link.Backend);

    bool IRankedStore.FindsByWords =>
        Array.TrueForAll(_links, static link => link.Backend.GetService<IRankedStore>() is { FindsByWords: true });

    void IRankedStore.RankBy(MemoryRanking ranking)
    {
        foreach (var store in _links.Select(static link => link.Backend.GetService<IRankedStore>())) store?.RankBy(ranking);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var wide = query with { Offset = 0, Limit = (int)Math.Min(MemoryQuery.MaxLimit, (long)query.Offset + query.Limit) };
        var answers = await _reader.AskAsync(
            (backend, token) => backend.SearchCompactAsync(text, wide, token),
            static hits => hits.Count == 0,
            cancellationToken).ConfigureAwait(false);
        return answers.Count == 1
            ? [.. answers[0].Answer.Skip(query.Offset).Take(query.Limit)]
            : ChainReads.Fuse([.. answers.Select(static answer => answer.Answer)], query);
    }

    /// <summary>How many match in all stores together. A memory on its way back may be counted twice.</summary>
    public async ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var answers = await _reader.AskAsync(
            (backend, token) => backend.CountAsync(query, token), static count => count == 0, cancellationToken).ConfigureAwait(false);
        return answers.Sum(static answer => answer.Answer);
    }

    /// <summary>Removes the memory from every store that has it.</summary>
    /// <exception cref="MemoryBackendException">A store that may have it does not answer; it may be gone from others.</exception>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => _return.ExcludeAsync(
        async () =>
        {
            var deleted = false;
            foreach (var link in _reader.Readable())
            {
                deleted |= await link.CallAsync(
                    (backend, token) => backend.DeleteAsync(id, token), cancellationToken).ConfigureAwait(false);
            }

            if (_backlog.LinkOf(id) is not null) _backlog.Remove([id]);
            return deleted;
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// In one transaction of the first store when it has the memory and no lower store holds any; else another process may write in
    /// between.
    /// </remarks>
    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (_reader.Readable().Count() == 1)
        {
            try
            {
                await _links[0].ChangeAsync(id, change, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (MemoryBackendException exception) when (exception.IsTransient)
            {
                Log.LinkFailed(_logger, _links[0].Name, 1, exception.Message);
            }
        }

        if (change(await GetAsync(id, cancellationToken).ConfigureAwait(false)) is { Count: > 0 } changed)
            await StoreAsync(changed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what matches from every store that has something.</summary>
    /// <exception cref="MemoryBackendException">A store does not answer; much may be gone from others.</exception>
    public ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken) => _return.ExcludeAsync(
        async () =>
        {
            var deleted = 0L;
            foreach (var link in _reader.Readable())
            {
                deleted += await link.CallAsync(
                    (backend, token) => backend.DeleteManyAsync(query, token), cancellationToken).ConfigureAwait(false);
            }

            return deleted;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        _reader.Readable().Count() == 1
        ? _links[0].CallAsync((backend, token) => backend.GetStatisticsAsync(query, token), cancellationToken)
        : MemoryCounter.CountAsync(this, query, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return key is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        var limit = ICompositeStore.Share(_healthCheckTimeout());
        var found = await Task.WhenAll(_links.Select(link => CheckAsync(link, limit, cancellationToken))).ConfigureAwait(false);
        var healthy = found.Count(static check => check.IsHealthy);
        List<string> lines = [.. found.Select(static check => check.Line)];
        if (!_backlog.IsEmpty)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{_backlog.Count} memories wait to go back to {_links[0].Name}"));
        if (_return.Refused is > 0 and var refused)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{refused} of them are refused there, and stay where they are"));
        return new MemoryBackendHealth(Name, healthy == _links.Length, string.Join("; ", lines));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var link in _links) await link.DisposeAsync().ConfigureAwait(false);
        _backlog.Dispose();
        _return.Dispose();
        _stop.Dispose();
    }

    Func<TimeSpan> ICompositeStore.HealthCheckTimeout
    {
        set
        {
            _healthCheckTimeout = value;
            foreach (var composite in _links.Select(static link => link.Backend.GetService<ICompositeStore>()))
                if (composite is not null) composite.HealthCheckTimeout = () => ICompositeStore.Share(_healthCheckTimeout());
        }
    }

    private static async Task<(bool IsHealthy, string Line)> CheckAsync(ChainLink link, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            var health = await link.CheckHealthAsync(limit, cancellationToken).ConfigureAwait(false);
            return (health.IsHealthy, $"{link.Name}: {health.Description}");
        }
        catch (MemoryBackendException exception)
        {
            return (false, exception.Message);
        }
    }

    void IFileStore.BeginAt(string folder)
    {
        if (_backlogPath is { } path) _backlogPath = DataDirectory.PathOf(folder, path);
    }

    private void OpenBacklog()
    {
        if (_backlogPath is not { } path) return;
        _backlog.Open(Path.GetFullPath(path), _time, _logger);
        _backlogPath = null;
    }

    /// <summary>Brings some memories back to the first store.</summary>
    /// <returns>Whether there may be more to bring.</returns>
    internal ValueTask<bool> ReturnAsync(CancellationToken cancellationToken) => _return.StepAsync(cancellationToken);
}
