using System.Text;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;
using MemoryTriggers.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Delivery;

public sealed class DeadLetterStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFile _file = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Add_Letter_IsForcedToDiskWithItsName()
    {
        Store().Add([1, 2, 3], "refused");

        Assert.Equal(1, _file.Syncs);
        Assert.Equal([Path.GetDirectoryName(_directory.Path)!, _directory.Path], _file.SyncedDirectories.Distinct());
        Assert.Equal("refused", Assert.Single(Store().List()).Reason);
    }

    [Fact]
    public void Add_DiskRefuses_IsNotTakenForKept()
    {
        var store = Store();
        foreach (var refusals in new[] { 1, 0, 1 })
        {
            _file.FailNextSyncs(refusals);
            if (refusals == 0) store.Add([1, 2, 3], "refused");
            else Assert.Throws<IOException>(() => store.Add([4, 5, 6], "lost"));
        }

        Assert.Contains("stays in the journal", store.Problem, StringComparison.Ordinal);
        Assert.Equal("refused", Assert.Single(Store().List()).Reason);
        store.Add([1, 2, 3], "again");
        Assert.Null(store.Problem);
        Assert.Equal(["refused", "again"], Store().List().Select(static letter => letter.Reason));
    }

    [Fact]
    public void Letters_OfSeveralProcesses_AreInOnePrivateFile()
    {
        DeadLetterStore[] stores = [Store(), Store(), Store()];

        Parallel.For(0, 60, number => stores[number % 3].Add([1], $"reason {number}"));

        Assert.All(stores, static store => Assert.Equal(60, store.Count));
        Assert.Equal(60, stores[0].List().Select(static letter => letter.Reason).Distinct().Count());
        Assert.Equal(["dead-letters.dat", "dead-letters.dat.lock"],
            Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (OperatingSystem.IsWindows()) return;
        foreach (var path in Directory.GetFiles(_directory.Path)) Assert.Equal(PrivateFile.Access, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Remove_BySeveralProcessesAtOnce_HasOneWinner()
    {
        var first = Store();
        for (var number = 0; number < 20; number++) first.Add([1], $"reason {number}");
        var letters = first.List();
        DeadLetterStore[] stores = [Store(), Store(), Store()];

        var removed = 0;
        Parallel.ForEach(letters.SelectMany(letter => stores.Select(store => (store, letter))),
            pair => Interlocked.Add(ref removed, pair.store.Remove([pair.letter])));

        Assert.Equal(20, removed);
        Assert.Equal(0, first.Count);
        Assert.False(File.Exists(Letters));
    }

    [Fact]
    public void Remove_Letter_LeavesNoByteOfIt()
    {
        var store = Store();
        store.Add("canary-1"u8, "first canary-1");
        store.Add("other"u8, "second");
        var first = store.List()[0];

        Assert.Equal(1, store.Remove([first]));

        var content = Encoding.Latin1.GetString(File.ReadAllBytes(Letters));
        Assert.DoesNotContain("canary", content, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Id, content, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("canary-1"u8), content, StringComparison.Ordinal);
        Assert.Equal("second", Assert.Single(Store().List()).Reason);
    }

    [Fact]
    public void Replace_Letter_LeavesOneOfItsId()
    {
        var store = Store();
        store.Add([1], "first");
        store.Add([2], "second");
        var letter = store.List()[0];

        Store().Replace(letter with { Reason = "again", Replays = 1 });

        Assert.Equal(2, store.Count);
        Assert.Equal([("again", 1), ("second", 0)], store.List().Select(static known => (known.Reason, known.Replays)));
        Assert.Equal(1, store.Remove([letter]));
        Assert.Equal("second", Assert.Single(Store().List()).Reason);
        store.Replace(letter);
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void Letters_TenThousand_AreReadOnceAndTheFileShrinksWithThem()
    {
        var file = new FaultyFile { SkipsSyncs = true };
        var store = Store(file);
        for (var number = 0; number < 10_000; number++) store.Add(new byte[100], "refused");
        var whole = new FileInfo(Letters).Length;
        var other = Store(file);
        var letters = other.List();

        Assert.Equal((10_000, 10_000), (other.Count, letters.Count));
        Assert.Equal(letters[5_000].Id, other.Get(letters[5_000].Id)!.Id);
        Assert.Equal(1, store.Remove([letters[5_000]]));
        Assert.Equal(9_999, other.Count);
        Assert.Equal(9_000, store.Remove(letters.Take(9_001)));
        Assert.InRange(new FileInfo(Letters).Length, 1, whole / 5);
        Assert.Equal(letters.Skip(9_001).Select(static letter => letter.Id), other.List().Select(static letter => letter.Id));
    }

    [Theory]
    [InlineData("flip", 9)]
    [InlineData("zero", 9)]
    [InlineData("cut", 6)]
    [InlineData("heads", 10)]
    [InlineData("random", 0)]
    public void File_Damaged_IsSetAsideAndWhatCanBeReadIsSaved(string kind, int saved)
    {
        var store = Store();
        for (var number = 0; number < 10; number++) store.Add(new byte[300], $"reason {number}");
        var content = File.ReadAllBytes(Letters);
        var (start, size) = (1024, (content.Length - 1024) / 10);
        switch (kind)
        {
            case "flip": content[start + (4 * size) + (size / 2)] ^= 4; break;
            case "zero": content.AsSpan(start + (4 * size), size).Clear(); break;
            case "cut": content = content[..(start + (6 * size) + (size / 2))]; break;
            case "heads": content.AsSpan(0, 1024).Clear(); break;
            default: new Random(1).NextBytes(content); break;
        }

        File.WriteAllBytes(Letters, content);
        var problems = ProblemLog.At(_directory.Path, TimeProvider.System);
        var next = Store(problems: problems);

        Assert.Equal(saved, next.Count);
        next.Add([1], "new");
        Assert.Equal(saved + 1, Store().List().Count);
        var aside = Assert.Single(Directory.GetFiles(_directory.Path, "*.damaged*"));
        Assert.Equal(content, File.ReadAllBytes(aside));
        var told = Assert.Single(problems.Open()).Text;
        Assert.Contains($"{saved} letters were saved", told, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(aside), told, StringComparison.Ordinal);
    }

    [Fact]
    public void File_DamagedWhileItIsUsed_IsFoundWhenTheLetterIsRead()
    {
        var store = Store();
        for (var number = 0; number < 10; number++) store.Add(new byte[300], $"reason {number}");
        var content = File.ReadAllBytes(Letters);
        content[^100] ^= 4;
        File.WriteAllBytes(Letters, content);

        Assert.Equal(9, store.List().Count);
        Assert.Equal(9, store.Count);
        Assert.Single(Directory.GetFiles(_directory.Path, "*.damaged*"));
    }

    [Fact]
    public void File_IsAFolder_IsSetAside()
    {
        Directory.CreateDirectory(Path.Combine(Letters, "inner"));
        Directory.CreateDirectory(Letters + ".lock");
        Directory.CreateDirectory(Letters + ".tmp");

        Store().Add([1], "new");

        Assert.Equal("new", Assert.Single(Store().List()).Reason);
    }

    [Fact]
    public void File_CannotBeOpened_IsAProblemAndNoException()
    {
        var disk = new SimulatedDisk(keepsMappedBlocks: true);
        var store = new DeadLetterStore("/data/letters", TimeProvider.System, NullLogger<DeadLetterStore>.Instance, disk);
        store.Add([1], "first");
        disk.End();

        Assert.Equal(1, store.Count);
        Assert.Empty(store.List());
        Assert.Contains("the process is gone", store.Problem, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => store.Add([2], "second"));
    }

    private string Letters => _directory.File("dead-letters.dat");

    private DeadLetterStore Store(FaultyFile? file = null, ProblemLog? problems = null) =>
        new(Letters, _time, NullLogger<DeadLetterStore>.Instance, new SystemDisk(file ?? _file), problems: problems);
}
