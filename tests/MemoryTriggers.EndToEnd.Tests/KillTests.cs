using System.Diagnostics;
using System.Globalization;
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

        await using var memory = await StartAsync();
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        var numbers = await NumbersAsync(memory);
        Assert.Equal(Enumerable.Range(0, Calls), returned);
        Assert.Equal(returned, numbers.Order());
        Assert.True((await memory.GetHealthAsync(Token)).IsBalanced);
    }

    [Fact(Timeout = 120_000)]
    public async Task Kill_ThreeTimesOverOneFolder_LosesAndDoublesNothing()
    {
        var returned = new List<int>();
        for (var round = 0; round < 3; round++) returned.AddRange(await KillAfterAsync(50));

        await using var memory = await StartAsync();
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Equal(returned.Order(), (await NumbersAsync(memory)).Order());
    }

    private Task<MemoryTriggerService> StartAsync() => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Project = "victim";
        },
        loggers: new CollectingLoggers(out _),
        cancellationToken: Token);

    private async Task<List<int>> KillAfterAsync(int calls)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(Victim.HangingBackend).Assembly.Location);
        start.ArgumentList.Add(_directory.Path);
        start.ArgumentList.Add(calls.ToString(CultureInfo.InvariantCulture));
        using var process = Process.Start(start)!;
        var returned = new List<int>();
        try
        {
            while (returned.Count < calls && await process.StandardOutput.ReadLineAsync(Token) is { } line) returned.Add(int.Parse(line, CultureInfo.InvariantCulture));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        return returned;
    }

    private static async Task<List<int>> NumbersAsync(MemoryTriggerService memory)
    {
        var entries = await memory.Recall.ListAsync(new() { Limit = MemoryQuery.MaxLimit }, Token);
        return [.. entries.Select(static entry => entry.Key == "scope"
            ? entry.Value.GetProperty("metadata").GetProperty("number").GetInt32()
            : entry.Value.GetProperty("arguments").GetProperty("number").GetInt32())];
    }
}
