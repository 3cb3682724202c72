using System.Diagnostics;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

public sealed class JournalFullDiskTests : IDisposable
{
    private readonly JournalHarness _harness = new();

    public static TheoryData<int> Modes => [(int)JournalMode.Mapped, (int)JournalMode.Written];

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task TryAppend_RealDiskOfOneMegabyteIsFull_DropsAndResumes(int mode)
    {
        var token = TestContext.Current.CancellationToken;
        var disk = Directory.CreateDirectory(Path.Combine(_harness.Root, "disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk), "needs the right to mount a tmpfs");

        try
        {
            await FillAndResume((JournalMode)mode, disk, token);
        }
        finally
        {
            Assert.True(Run("umount", disk));
        }
    }

    private async Task FillAndResume(JournalMode mode, string disk, CancellationToken token)
    {
        using var journal = _harness.Open(mode, name: "disk/a");
        var accepted = 0;
        while (journal.TryAppend(TriggerPriority.Medium, JournalHarness.Record(accepted)) == JournalAppendResult.Accepted)
            accepted++;

        // Somebody else takes the rest; what was accepted must stay readable, and the process alive.
        await Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(Path.Combine(disk, "other"), new byte[1 << 20], token));
        var full = journal.TryAppend(TriggerPriority.Medium, JournalHarness.Record(0));
        var numbers = JournalHarness.Drain(journal);
        File.Delete(Path.Combine(disk, "other"));
        await journal.SyncAsync(token);
        JournalHarness.Fill(journal, accepted, 1000);

        Assert.Equal(JournalAppendResult.DroppedFailed, full);
        Assert.InRange(accepted, 10_000, 1 << 20);
        Assert.Equal(Enumerable.Range(0, accepted), numbers);
        Assert.Equal(Enumerable.Range(accepted, 1000), JournalHarness.Drain(journal));
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();

        return process.ExitCode == 0;
    }
}
