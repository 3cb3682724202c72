using MemoryTriggers.TestKit;

namespace MemoryTriggers.EndToEnd;

/// <summary>A process is killed after capture and before storing; the next start stores what it had captured, once.</summary>
public sealed class KillTests : IDisposable
{
    private const int Calls = 300;
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Kill_AfterCaptureBeforeStoring_EveryReturnedCallIsRecalledOnce()
    {
        var returned = await KillAfterAsync(Calls);

        await using var memory = await VictimProcess.RecallAsync(_directory.Path, Token);
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Equal(Enumerable.Range(0, Calls), returned);
        Assert.Equal(returned, (await VictimProcess.NumbersAsync(memory, Token)).Order());
        Assert.True((await memory.GetHealthAsync(Token)).IsBalanced);
    }

    [Fact(Timeout = 120_000)]
    public async Task Kill_ThreeTimesOverOneFolder_LosesAndDoublesNothing()
    {
        var returned = new List<int>();
        for (var round = 0; round < 3; round++) returned.AddRange(await KillAfterAsync(50));

        await using var memory = await VictimProcess.RecallAsync(_directory.Path, Token);
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Equal(returned.Order(), (await VictimProcess.NumbersAsync(memory, Token)).Order());
    }

    private async Task<List<int>> KillAfterAsync(int calls)
    {
        using var process = VictimProcess.Start(_directory.Path, calls);
        try
        {
            return await VictimProcess.ReadAsync(process, calls, Token);
        }
        finally
        {
            await VictimProcess.KillAsync(process, Token);
        }
    }
}
