using MemoryTriggers.Retention;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Runtime.Tests.Memories;

/// <summary>Circles from before are sought once in a store, and not by each process.</summary>
public sealed class CycleRepairTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly SimulatedDisk _disk = new(keepsMappedBlocks: false);
    private readonly Scanned _store = new();

    public CycleRepairTests() => _disk.CreateDirectory("/data");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OfALaterProcess_ReadsNothing()
    {
        await _store.StoreAsync(Circle(), Token);

        Assert.Equal(1, await RunAsync());
        var first = _store.Queries;
        _time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await RunAsync());

        Assert.True(first > 0);
        Assert.Equal(first, _store.Queries);
    }

    // A backup of an older version may have been restored.
    [Fact]
    public async Task Run_AfterAMonth_SeeksAgain()
    {
        Assert.Equal(0, await RunAsync());
        await _store.StoreAsync(Circle(), Token);
        _time.Advance(TimeSpan.FromDays(31));

        Assert.Equal(1, await RunAsync());
    }

    [Fact]
    public async Task Run_StoreFails_TheNextOneSeeksAgain()
    {
        await _store.StoreAsync(Circle(), Token);
        _store.IsAway = true;
        await Assert.ThrowsAsync<MemoryBackendException>(RunAsync);
        _store.IsAway = false;

        Assert.Equal(1, await RunAsync());
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    // As each process makes its own.
    private Task<long> RunAsync() => new CycleRepair(
        _store, new PassMark("/data/cycles.json", "store", ProblemLog.At(null, TimeProvider.System), _disk, _time, _loggers), _time).RunAsync(Token).AsTask();

    private static MemoryEntry[] Circle()
    {
        var (one, two) = (Any.Entry("one"), Any.Entry("two"));
        return [one with { SupersededBy = two.Id, SupersededAt = Any.Time }, two with { SupersededBy = one.Id, SupersededAt = Any.Time }];
    }

    /// <summary>Counts its queries.</summary>
    private sealed class Scanned() : DelegatingMemoryBackend(new InMemoryMemoryBackend())
    {
        public int Queries { get; private set; }

        public bool IsAway { get; set; }

        public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
        {
            Queries++;
            return IsAway ? throw new MemoryBackendException("scanned", "away", isTransient: true) : base.QueryAsync(query, cancellationToken);
        }
    }
}
