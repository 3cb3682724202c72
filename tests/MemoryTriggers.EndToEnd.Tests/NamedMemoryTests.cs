using System.Diagnostics;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.EndToEnd;

/// <summary>Two processes set one preference at the same time: it has one current value, and every value that was set is in its history.</summary>
public sealed class NamedMemoryTests : IDisposable
{
    private const int Calls = 60;
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory(Timeout = 240_000)]
    [InlineData("sqlite")]
    [InlineData("json")]
    public async Task Set_ByTwoProcessesAtOnce_LosesNoVersion(string store)
    {
        using var one = Start(store, Calls);
        using var other = Start(store, Calls);

        await Task.WhenAll(EndAsync(one, Calls), EndAsync(other, Calls));

        var values = await ValuesAsync(store);
        Assert.Equal(Values(one, Calls).Concat(Values(other, Calls)).Order(), values.Order());
        // The last value of one of them; earlier values of each are in their order.
        Assert.EndsWith($"/{Calls - 1}", values[0], StringComparison.Ordinal);
        Assert.Equal(Values(one, Calls), values.Where(value => Values(one, Calls).Contains(value)).Reverse());
    }

    [Theory(Timeout = 240_000)]
    [InlineData("sqlite")]
    [InlineData("json")]
    public async Task Set_BesideAProcessThatIsKilled_LosesNothingThatHasReturned(string store)
    {
        using var victim = Start(store, int.MaxValue);
        using var other = Start(store, Calls);
        List<int> returned;
        try
        {
            returned = await VictimProcess.ReadAsync(victim, Calls / 3, Token);
        }
        finally
        {
            victim.Kill(entireProcessTree: true);
        }

        // What it had written by then was returned, too.
        while (await victim.StandardOutput.ReadLineAsync(Token) is { Length: > 0 } line)
            if (int.TryParse(line, out var number) && number == returned.Count) returned.Add(number);
        await EndAsync(other, Calls);

        var values = await ValuesAsync(store);
        var expected = Values(other, Calls).Concat(Values(victim, returned.Count)).ToHashSet(StringComparer.Ordinal);
        // The call that was killed may have stored its value.
        Assert.Subset(values.ToHashSet(StringComparer.Ordinal), expected);
        Assert.All(values.Except(expected), value => Assert.Equal($"{victim.Id}/{returned.Count}", value));
    }

    private Process Start(string store, int calls) => VictimProcess.Start(_directory.Path, calls, $"naming-{store}");

    private static IEnumerable<string> Values(Process process, int calls) => Enumerable.Range(0, calls).Select(number => $"{process.Id}/{number}");

    private static async Task EndAsync(Process process, int calls)
    {
        try
        {
            Assert.Equal(calls, (await VictimProcess.ReadAsync(process, calls, Token)).Count);
            await process.WaitForExitAsync(Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>All values, the current one first.</summary>
    private async Task<List<string>> ValuesAsync(string store)
    {
        await using var memory = await MemoryModule.OpenAsync(_directory.Path, store, "victim", cancellationToken: Token);
        var current = await memory.GetByCategoryAsync("preferences", Token).ToListAsync(Token);
        var history = await memory.GetHistoryAsync(Assert.Single(current).Id, Token);
        // And nothing besides: no half of a change.
        Assert.Equal(history.Count, (await memory.GetStatisticsAsync(new() { IncludePast = true }, Token)).Total);
        return [.. history.Select(static entry => entry.ValueAs<string>()!)];
    }
}
