using MemoryTriggers.Capture;
using Microsoft.Extensions.Hosting;

namespace MemoryTriggers.Hosting;

/// <summary>Starts and stops the service with its host.</summary>
internal sealed class MemoryTriggersHostedService : IHostedService
{
    private readonly MemoryTriggerService _service;
    private readonly RequestFlows _requests;

    public MemoryTriggersHostedService(MemoryTriggerService service, RequestFlows requests, CaptureTarget target)
    {
        (_service, _requests) = (service, requests);
        // The host makes its services in the flow in which it then starts all of them. None of its calls could change that flow: it makes
        // each from an async method of its own.
        TriggerFlow.Current = TriggerFlow.Toward(target);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _requests.Listen();
        return _service.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _service.StopAsync(cancellationToken);
}
