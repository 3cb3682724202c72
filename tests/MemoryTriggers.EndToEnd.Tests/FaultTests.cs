using MemoryTriggers.Soak;
using MemoryTriggers.Soak.Simulation;

namespace MemoryTriggers.EndToEnd;

/// <summary>The short versions of what <c>eng/soak.sh</c> does for hours.</summary>
public sealed class FaultTests : IDisposable
{
    private const int Seed = 20;
    private readonly TestKit.TemporaryDirectory _directory = new();
    private readonly SoakOptions _options;

    public FaultTests() =>
        _options = new SoakOptions { Seed = Seed, Cycles = 20, CheckEvery = 10, PerPoint = 1, PowerLosses = 10, Folder = _directory.Path };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Kill_AtRandomMomentsOverOneFolder_LosesAndDoublesNothing()
    {
        SkipElsewhere();
        AssertPassed(await new KillLoop(_options, TextWriter.Null).RunAsync(Token), _options.Cycles);
    }

    [Fact(Timeout = 120_000)]
    public async Task Kill_AtEachNamedPoint_LosesAndDoublesNothing()
    {
        SkipElsewhere();
        foreach (var row in await new NamedPoints(_options, TextWriter.Null).RunAsync(Token)) AssertPassed(row, _options.PerPoint);
    }

    [Fact(Timeout = 120_000)]
    public async Task PowerLoss_SomeUnsyncedSectorsWritten_KeepsAllThatWasSynced()
    {
        SkipElsewhere();
        foreach (var row in await new PowerLoss(_options, TextWriter.Null).RunAsync(Token))
        {
            AssertPassed(row, _options.PowerLosses);
            Assert.InRange(row.Acknowledged, 1, long.MaxValue);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Backlog_LargerThanTheHeap_StreamsThroughIt()
    {
        var row = await new Backlog(_options with { BacklogMegabytes = 256 }, TextWriter.Null).RunAsync(Token);

        Assert.Equal([], row.Problems);
        Assert.Equal((65_536, 0), (row.Acknowledged, row.Lost));
    }

    [Fact]
    public void Simulation_AFewSeeds_LosesAndDoublesNothing()
    {
        var row = new SimulationPart(_options with { Seeds = 400 }, TextWriter.Null).Run(Token);

        Assert.Equal([], row.Problems);
        Assert.Equal((0, 0), (row.Lost, row.Doubled));
        Assert.InRange(row.Acknowledged, 100_000, long.MaxValue);
    }

    [Fact]
    public void Simulation_SameSeed_DoesTheSame()
    {
        for (var seed = Seed; seed < Seed + 30; seed++)
        {
            var (first, second) = (new SimulatedRun(seed), new SimulatedRun(seed));

            first.Run();
            second.Run();

            Assert.Equal(first.Trace, second.Trace);
        }
    }

    private static void AssertPassed(FaultRow row, int injected)
    {
        Assert.Equal([], row.Problems);
        Assert.Equal((injected, 0, 0), (row.Injected, row.Lost, row.Doubled));
    }

    private static void SkipElsewhere() => Assert.SkipUnless(OperatingSystem.IsLinux(), "asks Linux which file is behind a handle");
}
