using MemoryTriggers.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Whether the program may be sent work. A store that is unavailable is degraded and no more: memories wait in the journal, and a program
/// must not be taken out of service because of what remembers it.
/// </summary>
internal sealed class MemoryTriggersHealthCheck(MemoryTriggerService service) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (service.RunningOrNone is not { } runtime)
            return new HealthCheckResult(context.Registration.FailureStatus, "memory triggers are not started");

        var health = await runtime.GetHealthAsync(cancellationToken).ConfigureAwait(false);
        var data = new Dictionary<string, object>
        {
            ["status"] = MetricsJson.StatusName(health.Status),
            ["backend"] = health.Backend.BackendName,
            ["queue_size"] = health.Pending,
            ["dead_letters"] = health.DeadLettered,
            ["dropped"] = health.Dropped.Values.Sum(),
        };
        return health.IsHealthy
            ? HealthCheckResult.Healthy("memory triggers work", data)
            : HealthCheckResult.Degraded(string.Join("; ", health.Problems), data: data);
    }
}
