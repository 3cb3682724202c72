using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Whether the background work of a started service still runs. Nothing but a restart would bring that back; before the start and after the
/// stop it is fine.
/// </summary>
internal sealed class MemoryTriggersLiveCheck(MemoryTriggerService service) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(service.RunningOrNone is { IsAlive: false }
            ? new HealthCheckResult(context.Registration.FailureStatus, "the background work of memory triggers has ended")
            : HealthCheckResult.Healthy("memory triggers are alive"));
    }
}
