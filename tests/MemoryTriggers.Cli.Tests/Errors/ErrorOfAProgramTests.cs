using MemoryTriggers.Cli.Tool;

namespace MemoryTriggers.Cli.Errors;

/// <summary>A program fails, somebody notes on the command line what resolved it, and the program is told when it fails again.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ErrorOfAProgramTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resolve_ErrorThatAProgramStored_IsBroughtWhenItComesAgain()
    {
        await FailAsync();

        var list = await _folder.RunAsync("errors", "list", "-f", "json");
        var error = Assert.Single(list.Json.EnumerateArray());
        var resolved = await _folder.RunAsync("errors", "resolve", error.GetProperty("fingerprint").GetString()!, "The pool was too small: 20 connections now");
        var again = await FailAsync();

        Assert.Contains("no connection in", error.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, resolved.ExitCode);
        Assert.Equal("The pool was too small: 20 connections now", Assert.Single(again!.Resolutions).Line);
        Assert.Equal(Guid.Parse(resolved.Output.Trim()), again.Resolutions[0].Id);
    }

    private async Task<RecalledError?> FailAsync()
    {
        await using var memory = await MemoryTriggerService.StartAsync(
            options =>
            {
                (options.DataDirectory, options.Project) = (_folder.Data, "shop");
                options.AutoRecall.Enabled = true;
                options.AutoRecall.Budget = TimeSpan.FromSeconds(10);
            },
            cancellationToken: Token);
        await using var scope = TriggerScope.Workflow("query");
        try
        {
            throw new TimeoutException("no connection in 30 s");
        }
        catch (TimeoutException exception)
        {
            scope.Fail(exception);
        }

        return scope.Recalled;
    }
}
