using MemoryTriggers.Operations;
using MemoryTriggers.Retention;

namespace MemoryTriggers.Hosting;

/// <summary>What looks after the store: health, recovery, alerts and metrics, and retention.</summary>
internal sealed class UpkeepStage(MemoryOperations operations, RetentionLoop retention, TimeProvider time) : IStage
{
    public string Name => "upkeep";

    public StageLoops Loops { get; } = new(time);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        operations.Begin();
        Loops.Run(operations.RunAsync);
        Loops.Run(retention.RunAsync);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken deadline)
    {
        await Loops.EndAsync(deadline).ConfigureAwait(false);
        operations.Dispose();
    }
}
