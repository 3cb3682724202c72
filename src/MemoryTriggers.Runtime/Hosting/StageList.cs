using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Stages in their order: started down the list, flushed and stopped up the list.</summary>
internal sealed class StageList(IReadOnlyList<IStage> stages, ILogger logger)
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in stages) await stage.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in stages.Reverse()) await stage.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops all of them. One that fails is logged, and does not keep the others from stopping.</summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        foreach (var stage in stages.Reverse())
        {
            var stopping = StopAsync(stage, deadline);
            await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stopping.IsCompletedSuccessfully) Log.StageNotStopped(logger, stage.Name, stopping.Exception?.InnerException);
        }
    }

    // What a stage throws before its first await is in the task, too.
    private static async Task StopAsync(IStage stage, CancellationToken deadline) =>
        await stage.StopAsync(deadline).ConfigureAwait(false);
}
