using System.Globalization;
using MemoryTriggers.Backends;
using MemoryTriggers.Backends.Balanced;
using MemoryTriggers.Circuits;
using MemoryTriggers.Ranking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>
/// Several equal ways to one store, such as the front ends of one database: what is written through one is read through any. Each call goes
/// to the one with the fewest open calls, in turns; one that fails is skipped until it works again, and its call goes to the next.
/// Thread-safe.
/// </summary>
/// <remarks>
/// All of them must lead to the same memories: for stores that have some of their own there is <see cref="BackendChain"/>, of which this
/// may be a link. A call may have been done though its answer was lost; done again elsewhere, a batch is stored once, because ids are made
/// at capture, but a memory that was deleted is reported as not there.
/// </remarks>
public sealed class BalancedBackend : IMemoryBackend, INotifyMemoryChanges, IRankedStore, ISharingStore, ICompositeStore
{
    private readonly BalancedNode[] _nodes;
    private readonly BalancedBackendOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Func<TimeSpan> _healthCheckTimeout = static () => CallLimit.HealthCheck;
    private Task _probing = Task.CompletedTask;
    private uint _turn;
    private int _isProbing;
    private int _isDisposed;

    /// <summary>Makes it; it disposes of its backends.</summary>
    /// <param name="backends">The ways to the store. Their names may be the same.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="logger">Learns of ways that go and come back.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="OptionsValidationException">A setting is out of range.</exception>
    public BalancedBackend(
        IReadOnlyList<IMemoryBackend> backends, BalancedBackendOptions options, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(backends);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (backends.Count == 0) throw new ArgumentException("There is nothing to balance.", nameof(backends));
        if (new BalancedBackendOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(BalancedBackendOptions), typeof(BalancedBackendOptions), result.Failures);

        (_options, _time) = (options, timeProvider);
        _nodes = [.. backends.Select((backend, i) => new BalancedNode(
            backend,
            string.Create(CultureInfo.InvariantCulture, $"{backend.Name} ({i + 1} of {backends.Count})"),
            options,
            timeProvider,
            logger))];
        Name = $"balanced({string.Join(" | ", backends.Select(static backend => backend.Name))})";
    }

    /// <summary>
    /// One of the ways learned of a write. What was written through another way of this process is reported as well: they do not know each
    /// other.
    /// </summary>
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
        _nodes.Select(static node => node.Backend.GetService<INotifyMemoryChanges>())
            .Where(static notifying => notifying is not null)
            .Select(static notifying => notifying!);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How many of the nodes are not skipped at this moment.</summary>
    public int Available => _nodes.Count(static node => !node.IsAway);

    /// <summary>Opens all ways at once. One is enough; the others are tried again later.</summary>
    /// <exception cref="MemoryBackendException">None can be opened.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var failures = await Task.WhenAll(_nodes.Select(node => OpenAsync(node, cancellationToken))).ConfigureAwait(false);

        // A caller that retries, because none was available, still has one loop.
        if (Interlocked.Exchange(ref _isProbing, 1) == 0)
        {
            using (ExecutionContext.SuppressFlow()) _probing = Task.Run(() => ProbeAsync(_stop.Token), CancellationToken.None);
        }

        if (Array.TrueForAll(failures, static failure => failure is not null)) throw failures[^1]!;
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await CallAsync(
            async (backend, token) =>
            {
                await backend.StoreAsync(batch, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync((backend, token) => backend.GetAsync(id, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync((backend, token) => backend.QueryAsync(query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync((backend, token) => backend.SearchAsync(text, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync((backend, token) => backend.SearchCompactAsync(text, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return CallAsync((backend, token) => backend.GetManyAsync(ids, token), cancellationToken);
    }

    ISharedStateStore? ISharingStore.SharedState => _nodes
        .Select(static node => node.Backend.GetService<ISharingStore>()?.SharedState)
        .FirstOrDefault(static shared => shared is not null);

    IEnumerable<IMemoryBackend> ICompositeStore.Stores => _nodes.Select(static node => node.Backend);

    bool IRankedStore.FindsByWords =>
        Array.TrueForAll(_nodes, static node => node.Backend.GetService<IRankedStore>() is { FindsByWords: true });

    void IRankedStore.RankBy(MemoryRanking ranking)
    {
        foreach (var store in _nodes.Select(static node => node.Backend.GetService<IRankedStore>())) store?.RankBy(ranking);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync((backend, token) => backend.CountAsync(query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync((backend, token) => backend.DeleteAsync(id, token), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>In one transaction, where the store has such.</remarks>
    public async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var thrown = await CallAsync(
            (backend, token) => ChangeCall.RunAsync(backend, id, change, token), cancellationToken).ConfigureAwait(false);
        thrown?.Throw();
    }

    /// <inheritdoc/>
    public ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync((backend, token) => backend.DeleteManyAsync(query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync((backend, token) => backend.GetStatisticsAsync(query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return key is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Asks all of them. It is healthy while one is; the description says which are unavailable.</summary>
    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var limit = ICompositeStore.Share(_healthCheckTimeout());
        var answers = await Task.WhenAll(_nodes.Select(node => node.CheckHealthAsync(limit, cancellationToken).AsTask()))
            .ConfigureAwait(false);
        var lines = _nodes.Zip(
            answers, static (node, health) => $"{node.Name}{(health.IsHealthy ? "" : " is away")}: {health.Description}");
        return new MemoryBackendHealth(Name, Array.Exists(answers, static health => health.IsHealthy), string.Join("; ", lines));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _probing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var node in _nodes) await node.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    Func<TimeSpan> ICompositeStore.HealthCheckTimeout
    {
        set
        {
            _healthCheckTimeout = value;
            foreach (var composite in _nodes.Select(static node => node.Backend.GetService<ICompositeStore>()))
                if (composite is not null) composite.HealthCheckTimeout = () => ICompositeStore.Share(_healthCheckTimeout());
        }
    }

    private async ValueTask<T> CallAsync<T>(Func<IMemoryBackend, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        MemoryBackendException? last = null;
        foreach (var node in InOrder())
        {
            try
            {
                return await node.CallAsync(call, cancellationToken).ConfigureAwait(false);
            }
            catch (MemoryBackendException exception) when (exception.IsTransient)
            {
                last = exception;
            }
        }

        throw last!;
    }

    // Those that work, the least busy first; among equals each in its turn. Those that are unavailable come last: they may be back, and no
    // other is left.
    private BalancedNode[] InOrder()
    {
        var turn = Interlocked.Increment(ref _turn);
        return
        [
            .. _nodes.Select((node, i) => (Node: node, node.IsAway, node.InFlight, Place: (i + turn) % _nodes.Length))
                .OrderBy(static way => way.IsAway)
                .ThenBy(static way => way.InFlight)
                .ThenBy(static way => way.Place)
                .Select(static way => way.Node),
        ];
    }

    private static async Task<MemoryBackendException?> OpenAsync(BalancedNode node, CancellationToken cancellationToken)
    {
        try
        {
            await node.OpenAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MemoryBackendException exception)
        {
            return exception;
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        using var timer = new PeriodicTimer(_options.ProbeInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var probed = _nodes.Where(static node => node.NeedsProbe);
            var limit = ICompositeStore.Share(_healthCheckTimeout());
            await Task.WhenAll(probed.Select(node => node.CheckHealthAsync(limit, cancellationToken).AsTask())).ConfigureAwait(false);
        }
    }
}
