using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Stages start down the list, and flush and stop up the list, whatever one of them does.</summary>
public sealed class StageListTests
{
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly List<string> _calls = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stages_AreStartedDown_AndFlushedAndStoppedUpTheList()
    {
        var stages = Stages(new Stage("store", _calls), new Stage("delivery", _calls), new Stage("capture", _calls));

        await stages.StartAsync(Token);
        await stages.FlushAsync(Token);
        await stages.StopAsync(Token);

        Assert.Equal(
            [
                "start store", "start delivery", "start capture", "flush capture", "flush delivery", "flush store", "stop capture",
                "stop delivery", "stop store",
            ],
            _calls);
        Assert.Empty(_loggers.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_OneFails_OthersStopAllTheSame(bool isAtOnce)
    {
        var failure = new InvalidOperationException("a defect");
        var stages = Stages(
            new Stage("store", _calls),
            new Stage("delivery", _calls) { Stop = isAtOnce ? () => throw failure : () => Task.FromException(failure) },
            new Stage("capture", _calls));

        await stages.StopAsync(Token);

        Assert.Equal(["stop capture", "stop delivery", "stop store"], _calls);
        Assert.Equal("The stage delivery did not stop cleanly; the others are stopped all the same", Assert.Single(_loggers.Lines));
    }

    [Fact]
    public async Task Start_OneFails_LaterOnesAreNotStarted()
    {
        var stages = Stages(
            new Stage("store", _calls), new Stage("delivery", _calls) { Start = () => throw new InvalidOperationException("a defect") },
            new Stage("capture", _calls));

        await Assert.ThrowsAsync<InvalidOperationException>(() => stages.StartAsync(Token));

        Assert.Equal(["start store", "start delivery"], _calls);
    }

    [Fact]
    public async Task Loops_End_WaitsForThemThenAborts()
    {
        var loops = new StageLoops(TimeProvider.System);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ending = loops.Run(async (finish, abort) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.True(finish.IsCancellationRequested);
        });
        await begun.Task.WaitAsync(Token);
        Assert.False(loops.HaveEnded);

        await loops.EndAsync(new CancellationToken(canceled: true));

        await ending;
        Assert.True(loops.HaveEnded);
    }

    private StageList Stages(params IStage[] stages) => new(stages, _loggers.CreateLogger<StageListTests>());

    private sealed class Stage(string name, List<string> calls) : IStage
    {
        public Func<Task> Start { get; init; } = static () => Task.CompletedTask;

        public Func<Task> Stop { get; init; } = static () => Task.CompletedTask;

        public string Name => name;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            calls.Add($"start {name}");
            return Start();
        }

        public Task FlushAsync(CancellationToken cancellationToken)
        {
            calls.Add($"flush {name}");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken deadline)
        {
            calls.Add($"stop {name}");
            return Stop();
        }
    }
}
