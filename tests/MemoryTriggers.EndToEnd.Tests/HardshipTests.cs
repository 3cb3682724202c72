using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.EndToEnd;

/// <summary>Programs that are told to end while the store hangs, that have no thread to spare, or hardly a file handle.</summary>
public sealed class HardshipTests : IDisposable
{
    private const int Calls = 200;
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

    private async Task AssertRecalledAsync(List<int> returned)
    {
        await using var memory = await VictimProcess.RecallAsync(_directory.Path, Token);
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        var numbers = await VictimProcess.NumbersAsync(memory, Token);

        // The call that was under way at the end may be there, too.
        Assert.Empty(returned.Except(numbers));
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.True((await memory.GetHealthAsync(Token)).IsBalanced);
    }
}
