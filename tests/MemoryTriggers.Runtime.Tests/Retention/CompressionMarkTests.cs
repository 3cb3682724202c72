using MemoryTriggers.Memories;
using MemoryTriggers.Problems;
using MemoryTriggers.Protection;
using MemoryTriggers.Retention;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;

namespace MemoryTriggers.Runtime.Tests.Memories;

/// <summary>What is compressed once is not looked at again by each start.</summary>
public sealed class CompressionMarkTests : IAsyncDisposable
{
    private const string FilePath = "/data/compressed.json";
    private static readonly TimeSpan Age = TimeSpan.FromDays(7);

    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly SimulatedDisk _disk = Disk();
    private readonly Asking _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OfALaterProcess_GoesOnWhereTheFirstEnded()
    {
        await RunAsync();
        var reached = _time.GetUtcNow() - Age;
        _time.Advance(TimeSpan.FromDays(1));

        await RunAsync();

        Assert.Equal([null, reached], Asked());
    }

    [Fact]
    public async Task Run_AfterALossOfPower_GoesOn()
    {
        await RunAsync();
        var reached = _time.GetUtcNow() - Age;
        _disk.End();

        var mark = Mark(_disk.AfterPowerLoss(new Random(1)));

        Assert.Equal(reached, mark.Until);
    }

    // Memories that are imported have an old date.
    [Fact]
    public async Task Run_AMonthAfterTheBeginning_BeginsAnew()
    {
        for (var week = 0; week < 5; week++)
        {
            await RunAsync();
            _time.Advance(TimeSpan.FromDays(10));
        }

        Assert.Equal([true, false, false, true, false], Asked().Select(static since => since is null));
    }

    [Fact]
    public async Task Run_StoreFails_ReachesNothing()
    {
        _store.IsAway = true;

        await Assert.ThrowsAsync<MemoryBackendException>(RunAsync);

        Assert.Null(Mark(_disk).Until);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"form":3}""")]
    [InlineData("""{"form":1,"store":"store","compressed_until":"2020-01-01T00:00:00Z","begun":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"form":2,"store":"store","until":"soon","begun":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"form":2,"store":"another","until":"2020-01-01T00:00:00Z","begun":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"form":2,"store":"store","until":"2999-01-01T00:00:00Z","begun":"2999-01-01T00:00:00Z"}""")]
    public void Until_OfAFileThatSaysNothingOfIt_IsFromTheBeginning(string text)
    {
        using (var file = _disk.Open(FilePath, FileMode.Create)) file.Write(System.Text.Encoding.UTF8.GetBytes(text), 0);

        Assert.Null(Mark(_disk).Until);
    }

    [Fact]
    public void Reached_DiskIsFull_IsRememberedByThisProcess()
    {
        _disk.Capacity = 0;
        var mark = Mark(_disk);

        mark.Reached(_time.GetUtcNow() - Age, isFromTheBeginning: true);

        Assert.Equal(_time.GetUtcNow() - Age, mark.Until);
        Assert.Single(_loggers.Warnings);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static SimulatedDisk Disk()
    {
        var disk = new SimulatedDisk(keepsMappedBlocks: false);
        disk.CreateDirectory("/data");
        return disk;
    }

    private PassMark Mark(SimulatedDisk disk) => new(FilePath, "store", new ProblemLog("/data", disk, _time, _loggers), disk, _time, _loggers);

    private async Task RunAsync()
    {
        var protecting = new ProtectingBackend(_store, new ValueProtection(null, null));
        await new RetentionRun(_store, new RetentionOptions(), null, protecting, Age, Mark(_disk), new EarlierVersions(_store).OfAsync, _time, _loggers).RunAsync(null, Token);
    }

    // Of the queries, those for what is to be compressed.
    private IEnumerable<DateTimeOffset?> Asked() => _store.Queries.Where(static query => query.ExpiresBefore is null).Select(static query => query.Since);

    /// <summary>Notes what it is asked for.</summary>
    private sealed class Asking() : DelegatingMemoryBackend(new InMemoryMemoryBackend())
    {
        public List<MemoryQuery> Queries { get; } = [];

        public bool IsAway { get; set; }

        public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
        {
            if (IsAway) throw new MemoryBackendException(Name, "it is away", isTransient: true);
            Queries.Add(query);
            return base.QueryAsync(query, cancellationToken);
        }
    }
}
