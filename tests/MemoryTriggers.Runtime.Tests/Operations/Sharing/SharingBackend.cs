using System.Collections.Concurrent;
using System.Threading.Channels;
using MemoryTriggers.Circuits;

namespace MemoryTriggers.Operations;

/// <summary>A store that is a place for sharing, too; the test is the other process.</summary>
internal sealed class SharingBackend() : DelegatingMemoryBackend(new InMemoryMemoryBackend()), ISharingStore, ISharedStateStore
{
    private readonly ConcurrentQueue<SharedCircuit> _told = [];
    private readonly Channel<bool> _exchanges = Channel.CreateUnbounded<bool>();

    public bool IsAway { get; set; }

    /// <summary>What it was told while it was there.</summary>
    public List<SharedCircuit> Heard { get; } = [];

    /// <summary>What it was told of limits.</summary>
    public List<SharedCount> HeardCounts { get; } = [];

    /// <summary>What it tells of limits.</summary>
    public IReadOnlyList<SharedCount> Counts { get; init; } = [];

    public ISharedStateStore SharedState => this;

    public bool SharesCircuits => true;

    public bool SharesLimits => true;

    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(10);

    public void Tell(SharedCircuit circuit) => _told.Enqueue(circuit);

    public ValueTask<SharedNews> ExchangeAsync(SharedNews own, CancellationToken cancellationToken)
    {
        _exchanges.Writer.TryWrite(IsAway);
        if (IsAway) throw new MemoryBackendException("shared", "it is away", isTransient: true);
        Heard.AddRange(own.Circuits);
        HeardCounts.AddRange(own.Counts);
        var news = new List<SharedCircuit>();
        while (_told.TryDequeue(out var circuit)) news.Add(circuit);
        return ValueTask.FromResult(new SharedNews(news, Counts));
    }

    /// <summary>Waits for so many exchanges from now on; of all but the last one the end was seen, too.</summary>
    public async Task WaitForExchangesAsync(int count, CancellationToken cancellationToken)
    {
        while (_exchanges.Reader.TryRead(out _))
        {
        }

        for (var exchange = 0; exchange < count; exchange++) await _exchanges.Reader.ReadAsync(cancellationToken);
    }
}
