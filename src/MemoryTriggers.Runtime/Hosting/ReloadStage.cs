using MemoryTriggers.Configuration;

namespace MemoryTriggers.Hosting;

/// <summary>Takes over changes of the configuration, where there is one.</summary>
/// <param name="configured">The stages of a configuration file.</param>
/// <param name="changed">Notifies the other stages. Throws before it has notified any.</param>
internal sealed class ReloadStage(ConfiguredStages? configured, Action changed) : IStage
{
    public string Name => "reload";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        configured?.Start(changed);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken deadline)
    {
        configured?.Stop();
        return Task.CompletedTask;
    }
}
