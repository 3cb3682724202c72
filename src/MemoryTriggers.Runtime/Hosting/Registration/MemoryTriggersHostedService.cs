using MemoryTriggers.Capture;
using Microsoft.Extensions.Hosting;

namespace MemoryTriggers.Hosting;

/// <summary>Starts and stops the service with its host.</summary>
internal sealed class MemoryTriggersHostedService : IHostedLifecycleService
{
    private readonly MemoryTriggerService _service;
    private readonly RequestFlows _requests;
    private readonly CaptureTarget _target;

    public MemoryTriggersHostedService(MemoryTriggerService service, RequestFlows requests, CaptureTarget target)
    {
        (_service, _requests, _target) = (service, requests, target);
        // The host makes its services in the flow in which it then starts all of them. None of its calls could change that flow: it makes
        // each from an async method of its own.
        TriggerFlow.Current = TriggerFlow.Toward(target);
    }

    // Services that start before this one are not to be remembered by another host.
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _target.Begin();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _requests.Listen();
        return _service.StartAsync(cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _service.StopAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
