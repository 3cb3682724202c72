using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Problems;
using MemoryTriggers.TestKit.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Delivery;

/// <summary>
/// The process, or the power, ends in each operation on the disk: what was kept before is there, what was taken away is not, and none of
/// that is taken for damage.
/// </summary>
public sealed class DeadLetterCrashTests
{
    private const string Path = "/data/dead-letters.dat";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Letters_AfterAnEndAtAnyMoment_AreWhatWasAcknowledged(bool losesPower)
    {
        var (ends, wasEnded) = (0, true);
        for (var end = 1; wasEnded; end++)
        {
            for (var seed = 0; seed < (losesPower ? 6 : 1); seed++) wasEnded = Live(end, seed, losesPower);
            ends++;
        }

        Assert.InRange(ends, 50, 10_000);
    }

    private static bool Live(int end, int seed, bool losesPower)
    {
        var (random, disk) = (new Random(seed), new SimulatedDisk(keepsMappedBlocks: true));
        disk.EndsAfter = end;
        var (kept, gone, unsure) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        try
        {
            Script(Store(disk, null), kept, gone, unsure);
        }
        catch (IOException) when (disk.HasEnded)
        {
            // As it should.
        }

        var wasEnded = disk.HasEnded;
        disk.End();
        disk = losesPower ? disk.AfterPowerLoss(random) : disk.AfterKill();
        var problems = new ProblemLog(null, disk, TimeProvider.System, NullLogger.Instance);
        var letters = Store(disk, problems).List().Select(static letter => letter.Reason).ToList();

        Assert.Empty(problems.Open());
        Assert.Empty(kept.Except(letters).Except(unsure));
        Assert.Empty(letters.Intersect(gone).Except(unsure));
        Store(disk, problems).Add([7], "next");
        Assert.Equal(letters.Append("next").Order(), Store(disk, problems).List().Select(static letter => letter.Reason).Order());
        return wasEnded;
    }

    private static void Script(DeadLetterStore store, HashSet<string> kept, HashSet<string> gone, HashSet<string> unsure)
    {
        for (var number = 0; number < 6; number++) Add($"letter {number}", 300 * number);
        Remove("letter 1", "letter 4");
        Replace("letter 2", "replaced 2");
        for (var number = 6; number < 9; number++) Add($"letter {number}", 40_000);
        Remove("letter 6", "letter 7");
        Remove("letter 8");
        Replace("replaced 2", "replaced again");
        Remove([.. kept]);
        Add("last", 10);

        void Add(string reason, int bytes)
        {
            store.Add(new byte[bytes], reason);
            kept.Add(reason);
        }

        void Remove(params string[] reasons)
        {
            var letters = store.List().Where(letter => reasons.Contains(letter.Reason)).ToList();
            if (letters.Count != reasons.Length) throw new IOException("they cannot be listed");
            unsure.UnionWith(reasons);
            store.Remove(letters);
            unsure.Clear();
            kept.ExceptWith(reasons);
            gone.UnionWith(reasons);
        }

        void Replace(string reason, string other)
        {
            var letter = store.List().FirstOrDefault(letter => letter.Reason == reason) ?? throw new IOException("it cannot be listed");
            unsure.UnionWith([reason, other]);
            store.Replace(letter with { Reason = other });
            unsure.Clear();
            kept.Remove(reason);
            gone.Add(reason);
            kept.Add(other);
        }
    }

    private static DeadLetterStore Store(SimulatedDisk disk, ProblemLog? problems) =>
        new(Path, TimeProvider.System, NullLogger<DeadLetterStore>.Instance, disk, problems: problems);
}
