using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;

namespace MemoryTriggers.Tests.Journal;

public sealed class DurableFileTests : IDisposable
{
    private const string Folder = "/data";
    private const string FilePath = "/data/state.json";
    private const int Seeds = 20;
    private static readonly byte[] Old = [.. Enumerable.Repeat((byte)'o', 1_500)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)'n', 2_500)];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Replace_WhenItHasReturned_SurvivesTheLossOfPower()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var disk = WithOld();
            DurableFile.Replace(FilePath, New, disk);
            disk.End();

            var after = disk.AfterPowerLoss(new Random(seed));

            Assert.Equal(New, DurableFile.Read(FilePath, after));
        }
    }

    // Open, write, sync, rename, sync of the name; the last one is past the end.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Replace_PowerIsLostOnTheWay_LeavesTheOldOrTheNew(int operation)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var disk = WithOld();
            disk.EndsAfter = operation;
            Assert.Throws<IOException>(() => DurableFile.Replace(FilePath, New, disk));

            var after = DurableFile.Read(FilePath, disk.AfterPowerLoss(new Random(seed)));

            Assert.Contains(after, new[] { Old, New });
        }
    }

    [Fact]
    public void Replace_DiskIsFull_LeavesTheOldOneAndNothingBesides()
    {
        var disk = WithOld();
        disk.Capacity = Old.Length + 100;

        Assert.Throws<IOException>(() => DurableFile.Replace(FilePath, New, disk));

        Assert.Equal(Old, DurableFile.Read(FilePath, disk));
        Assert.Equal([FilePath], disk.Files(Folder, ""));
    }

    [Fact]
    public void Replace_SyncFails_LeavesTheOldOneAndSaysSo()
    {
        var disk = WithOld();
        disk.SyncsToFail = 1;

        Assert.Throws<IOException>(() => DurableFile.Replace(FilePath, New, disk));

        Assert.Equal(Old, DurableFile.Read(FilePath, disk));
    }

    [Fact]
    public void Replace_OverAFileThatWasLeft_IsPrivate()
    {
        if (OperatingSystem.IsWindows()) return;
        var path = _directory.File("state.json");
        File.WriteAllText(path + ".tmp", "left by a process that died");

        DurableFile.Replace(path, New, SystemDisk.Instance);

        Assert.Equal(PrivateFile.Access, File.GetUnixFileMode(path));
        Assert.Equal(New, File.ReadAllBytes(path));
    }

    private static SimulatedDisk WithOld()
    {
        var disk = new SimulatedDisk(keepsMappedBlocks: false);
        disk.CreateDirectory(Folder);
        DurableFile.Replace(FilePath, Old, disk);
        return disk;
    }
}
