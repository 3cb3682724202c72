using Microsoft.Extensions.Hosting;

namespace MemoryTriggers.Hosting;

/// <summary>Starts and stops the service with its host.</summary>
internal sealed class MemoryTriggersHostedService(MemoryTriggerService service) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => service.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => service.StopAsync(cancellationToken);
}
