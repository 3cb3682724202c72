using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Policies;

/// <summary>What rules remember, on a disk that fails.</summary>
public sealed class PolicyStateFaultTests
{
    private const string Folder = "/journal/0";
    private const string FilePath = $"{Folder}/{PolicyStateFile.FileName}";
    private const string Thrice = """{"metadata":{"kind":"thrice"}}""";
    private const string Rules = """
        rules:
          thrice: {conditions: [{type: equals, field: metadata.kind, value: thrice}], actions: [{type: add_tag, parameters: {tag: hit}}], max_executions: 3}
        """;

    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);

    [Fact]
    public void Save_WhenItHasReturned_SurvivesTheLossOfPower()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var disk = Disk();
            var first = Started(disk);
            Hit(first.Engine, 2);
            first.File.Save();
            Hit(first.Engine, 1);
            first.File.Save();
            disk.End();

            var second = Started(disk.AfterPowerLoss(new Random(seed)));

            Assert.Equal(0, Hit(second.Engine, 1));
        }
    }

    [Fact]
    public void Save_DiskIsFull_SaysSoOnceAndIsHealedByTheNextSave()
    {
        var disk = Disk();
        var started = Started(disk);
        Hit(started.Engine, 1);
        disk.Capacity = 0;

        for (var save = 0; save < 5; save++) started.File.Save();
        var whileFull = started.File.Problem;
        disk.Capacity = long.MaxValue;
        started.File.Save();

        Assert.Contains("cannot be saved", whileFull, StringComparison.Ordinal);
        Assert.Single(_loggers.Warnings);
        Assert.Null(started.File.Problem);
        Assert.Equal(2, Hit(Started(disk).Engine, 3));
    }

    [Fact]
    public void Save_NameCannotBeForcedToDisk_IsTriedAgain()
    {
        var disk = Disk();
        var started = Started(disk);
        Hit(started.Engine, 3);
        disk.SyncsToFail = 1;
        started.File.Save();

        started.File.Save();
        disk.End();

        Assert.Equal(0, Hit(Started(disk.AfterPowerLoss(new Random(1))).Engine, 1));
    }

    [Fact]
    public void Restore_OfADamagedFile_IsAProblemUntilItIsAcknowledged()
    {
        var disk = Disk();
        using (var file = disk.Open(FilePath, FileMode.Create)) file.Write("{\"form\":1,"u8, 0);

        var started = Started(disk);
        Hit(started.Engine, 1);
        started.File.Save();

        Assert.Contains("policy-state.json.damaged-", Assert.Single(new ProblemLog(Folder, disk, _time, _loggers).Open()).Text, StringComparison.Ordinal);
        Assert.Single(_loggers.Warnings);
    }

    private static SimulatedDisk Disk()
    {
        var disk = new SimulatedDisk(keepsMappedBlocks: false);
        disk.CreateDirectory(Folder);
        return disk;
    }

    private static int Hit(PolicyEngine engine, int times) => Enumerable.Range(0, times).Count(_ => engine.Evaluate(PolicyHarness.Entry(Thrice)).Entry.Tags.Contains("hit"));

    private (PolicyEngine Engine, PolicyStateFile File) Started(SimulatedDisk disk)
    {
        var engine = new PolicyEngine(PolicyYaml.Parse(Rules).Compile(), time: _time);
        var file = new PolicyStateFile(Folder, [new EngineMemory(engine, _time)], new ProblemLog(Folder, disk, _time, _loggers), disk, _time, _loggers);
        file.Restore();
        return (engine, file);
    }
}
