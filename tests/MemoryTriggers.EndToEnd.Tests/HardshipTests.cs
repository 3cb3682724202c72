using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.EndToEnd;

/// <summary>Programs that are told to end while the store hangs, that have no thread to spare, or hardly a file handle.</summary>
public sealed class HardshipTests : IDisposable
{
    private const int Calls = 200;
    private const int SyncedCalls = 60;
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Terminate_UnderLoadAndTheStoreHangs_EndsWellAndTheRestStaysOnDisk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends SIGTERM with the command kill");
        using var process = VictimProcess.Start(_directory.Path, 0, "served");
        var returned = await VictimProcess.ReadAsync(process, Calls, Token);

        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(Token);
        returned.AddRange(await VictimProcess.ReadAsync(process, int.MaxValue, Token));
        await process.WaitForExitAsync(Token);

        Assert.Equal(0, process.ExitCode);
        await AssertRecalledAsync(returned);
    }

    [Fact(Timeout = 120_000)]
    public async Task Synced_EveryThreadOfThePoolBlocked_ReturnsAndSurvivesAKill()
    {
        using var process = VictimProcess.Start(_directory.Path, Calls, "starved");
        var returned = await VictimProcess.ReadAsync(process, Calls, Token);
        await VictimProcess.KillAsync(process, Token);

        Assert.Equal(Calls, returned.Count);
        await AssertRecalledAsync(returned);
    }

    [Fact(Timeout = 120_000)]
    public async Task Call_WithFewFileHandles_WorksAndSurvivesAKill()
    {
        // .NET holds two for each assembly, which makes about 116 here: no more than 44 are left.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sets the limit with the command ulimit");
        using var process = VictimProcess.Start(_directory.Path, Calls, limits: "ulimit -n 160");
        var returned = await VictimProcess.ReadAsync(process, Calls, Token);
        await VictimProcess.KillAsync(process, Token);

        Assert.Equal(Calls, returned.Count);
        await AssertRecalledAsync(returned);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("msync:error=EIO:when=1+3")]
    [InlineData("msync,fdatasync:error=EIO:when=2+2")]
    [InlineData("msync:delay_enter=5000")]
    public async Task Call_TheSystemInjectsAFault_ReturnsAndSurvivesAKill(string fault)
    {
        Assert.SkipUnless(await CanTraceAsync(), "strace is not there, or may not trace here");
        // Each call waits until it is synced, so that there are as many syncs to be harmed.
        var trace = _directory.File("trace");
        using var process = VictimProcess.Start(
            _directory.File("data"), SyncedCalls, "starved", wrapper: $"strace -f -qq -o {trace} -e trace={fault[..fault.IndexOf(':', StringComparison.Ordinal)]} -e inject={fault} ");
        var returned = await VictimProcess.ReadAsync(process, SyncedCalls, Token);
        await VictimProcess.KillAsync(process, Token);

        Assert.Equal(SyncedCalls, returned.Count);
        Assert.Matches("INJECTED|DELAYED", await File.ReadAllTextAsync(trace, Token));
        await AssertRecalledAsync(returned, "data");
    }

    private static async Task<bool> CanTraceAsync()
    {
        if (!OperatingSystem.IsLinux()) return false;
        using var probe = Process.Start("sh", ["-c", "command -v strace > /dev/null && strace -qq -o /dev/null -e trace=none true 2> /dev/null"]);
        await probe.WaitForExitAsync(Token);
        return probe.ExitCode == 0;
    }

    private async Task AssertRecalledAsync(List<int> returned, string folder = "")
    {
        await using var memory = await VictimProcess.RecallAsync(_directory.File(folder), Token);
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        var numbers = await VictimProcess.NumbersAsync(memory, Token);

        // The call that was under way at the end may be there, too.
        Assert.Empty(returned.Except(numbers));
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.True((await memory.GetHealthAsync(Token)).IsBalanced);
    }
}
