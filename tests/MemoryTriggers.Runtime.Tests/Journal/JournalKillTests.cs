using System.Globalization;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

public sealed class JournalKillTests : IDisposable
{
    private readonly JournalHarness _harness = new();

    public static TheoryData<int> Modes => [(int)JournalMode.Mapped, (int)JournalMode.Written];

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Open_AfterOwnersWereKilled_HasEveryAcceptedRecordOnce(int mode)
    {
        var token = TestContext.Current.CancellationToken;
        var next = 0;

        for (var run = 1; run <= 3; run++)
        {
            var accepted = await AppendUntilKilled((JournalMode)mode, next, records: 5000 * run, token);
            using var journal = _harness.Open((JournalMode)mode);

            var numbers = JournalHarness.Drain(journal);

            Assert.Equal(Enumerable.Range(next, numbers.Count), numbers);
            Assert.InRange(numbers.Count, accepted - next + 1, int.MaxValue);
            Assert.Equal(0, journal.GetStatistics().Quarantined);
            next += numbers.Count;
        }
    }

    private async Task<int> AppendUntilKilled(JournalMode mode, int first, int records, CancellationToken token)
    {
        using var child = JournalChild.Start(Path.Combine(_harness.Root, "a"), mode, first);
        var accepted = -1;

        while (await child.StandardOutput.ReadLineAsync(token) is { } line)
        {
            accepted = int.Parse(line, CultureInfo.InvariantCulture);

            if (accepted >= first + records && !child.HasExited)
                child.Kill();
        }

        await child.WaitForExitAsync(token);
        Assert.NotEqual(1, child.ExitCode);

        return accepted;
    }
}
