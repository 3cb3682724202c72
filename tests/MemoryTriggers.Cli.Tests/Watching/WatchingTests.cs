using System.Text.Json;
using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Watching;

public sealed class WatchingTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Tail_MemoriesAreStored_PrintsEachOnceInTheOrderOfStoring()
    {
        await _folder.StoreAsync(Any.Entry("was there"));
        using var tail = new WatchingTool(_folder.Start("tail", "--interval", "0.1", "-f", "json"));
        var first = await tail.ContentAsync(Token);

        // It began long ago, and is stored now.
        await _folder.StoreAsync(Any.Entry("took long") with { CreatedAt = Any.Time.AddDays(-1) });
        await _folder.StoreAsync(Any.Entry("was quick"));
        var rest = (await tail.ContentAsync(Token), await tail.ContentAsync(Token));
        var exitCode = await tail.InterruptAsync(Token);

        Assert.Equal(("was there", "took long", "was quick"), (first, rest.Item1, rest.Item2));
        Assert.Equal(0, exitCode);
        Assert.Empty(await tail.Process.StandardOutput.ReadToEndAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Tail_Filter_PrintsOnlyWhatFits()
    {
        await _folder.StoreAsync(Any.Entry("begin") with { Outcome = TriggerOutcome.Failure });
        using var tail = new WatchingTool(_folder.Start("tail", "--interval", "0.1", "--outcome", "failure", "--count", "2", "-f", "json"));
        Assert.Equal("begin", await tail.ContentAsync(Token));

        await _folder.StoreAsync(Any.Entry("fine"), Any.Entry("broken") with { Outcome = TriggerOutcome.Failure });
        var second = await tail.ContentAsync(Token);
        await tail.Process.WaitForExitAsync(Token);

        Assert.Equal("broken", second);
        Assert.Equal(0, tail.Process.ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Tail_ReaderGoesAway_EndsWithTheNextMemory()
    {
        await _folder.StoreAsync(Any.Entry("first"));
        using var tail = new WatchingTool(_folder.Start("tail", "--interval", "0.1", "-f", "json"));
        Assert.Equal("first", await tail.ContentAsync(Token));

        tail.Process.StandardOutput.Close();
        await _folder.StoreAsync(Any.Entry("second"));
        await tail.Process.WaitForExitAsync(Token);

        Assert.Equal(0, tail.Process.ExitCode);
        Assert.Empty(await tail.Process.StandardError.ReadToEndAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Monitor_Json_PrintsALineForEachLook()
    {
        await _folder.StoreAsync(Any.Entry());

        var monitor = await _folder.RunAsync("monitor", "--count", "3", "--interval", "0.1", "--alerts", "-f", "json");

        Assert.Equal(0, monitor.ExitCode);
        var looks = monitor.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line)).ToList();
        Assert.Equal([1L, 1L, 1L], looks.Select(static look => look.GetProperty("store").GetProperty("memories").GetInt64()));
    }

    [Fact(Timeout = 60_000)]
    public async Task Monitor_Terminal_RefreshesInPlaceAndEndsWithControlC()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a terminal with the command script");
        await _folder.StoreAsync(Any.Entry());

        // Ctrl-C is typed as a user types it: into the terminal, whose shell gets it too and goes on.
        using var terminal = new WatchingTool(_folder.Shell("""TERM=xterm-256color script -qec "trap : INT; stty cols 100 rows 40; $tool monitor --interval 0.1; echo ended \$?" /dev/null"""));
        var output = await terminal.ReadUntilAsync("memories", times: 3, Token);
        await terminal.Process.StandardInput.WriteAsync('\u0003');
        await terminal.Process.StandardInput.FlushAsync(Token);
        output += await terminal.Process.StandardOutput.ReadToEndAsync(Token);

        Assert.Contains("ended 0", output, StringComparison.Ordinal);
        Assert.Contains("\u001b[", output, StringComparison.Ordinal);
    }
}
