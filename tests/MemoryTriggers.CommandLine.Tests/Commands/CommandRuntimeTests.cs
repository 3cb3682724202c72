using System.CommandLine;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Commands;

/// <summary>The runtime behind commands.</summary>
public sealed class CommandRuntimeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_WithoutARuntime_StartsOneAndLeavesItsMemoryInTheStore(bool isAsynchronous)
    {
        var root = new RootCommand();
        if (isAsynchronous) root.SetAction(static (_, _) => Task.FromResult(4));
        else root.SetAction(static _ => 4);
        root.UseMemoryTriggers(options => options.Configure = Configure);

        Assert.Equal(4, await root.Parse("").InvokeAsync(cancellationToken: Token));

        Assert.False(TriggerHub.IsAttached);
        await using var memory = await MemoryTriggerService.StartAsync(Configure, loggers: NullLoggerFactory.Instance, cancellationToken: Token);
        var entry = Assert.Single(await memory.Recall.ListAsync(new() { Limit = 5 }, Token));
        Assert.EndsWith("ended with exit code 4", entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithTheProgramsRuntime_IsStoredWhenItEnds()
    {
        await using var memory = await MemoryTriggerService.StartAsync(Configure, loggers: NullLoggerFactory.Instance, cancellationToken: Token);
        var root = new RootCommand();
        root.SetAction(static (_, _) => Task.FromResult(0));
        root.UseMemoryTriggers(options => options.Service = memory);

        await root.Parse("").InvokeAsync(cancellationToken: Token);

        Assert.Single(await memory.Backend.QueryAsync(new MemoryQuery { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Command_WithAStoreThatIsAway_EndsAllTheSame()
    {
        await using var memory = await MemoryTriggerService.StartAsync(Configure, new UnsteadyBackend("away") { IsAway = true }, NullLoggerFactory.Instance, Token);
        var root = new RootCommand();
        root.SetAction(static (_, _) => Task.FromResult(6));
        root.UseMemoryTriggers(options => (options.Service, options.FlushTimeout) = (memory, TimeSpan.FromMilliseconds(1)));

        Assert.Equal(6, await root.Parse("").InvokeAsync(cancellationToken: Token));
    }

    [Fact]
    public void FlushTimeout_OutOfItsBounds_IsRefused()
    {
        var options = new CommandMemoryOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.FlushTimeout = TimeSpan.FromMinutes(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.FlushTimeout = TimeSpan.FromTicks(-1));
    }

    private void Configure(MemoryTriggersOptions options)
    {
        options.DataDirectory = _directory.Path;
        options.Project = "tool";
        options.Delivery.ShutdownTimeout = TimeSpan.FromSeconds(1);
    }
}
