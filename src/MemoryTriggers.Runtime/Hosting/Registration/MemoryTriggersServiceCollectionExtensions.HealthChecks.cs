using MemoryTriggers.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds memory triggers to the health checks of a program.</summary>
public static partial class MemoryTriggersServiceCollectionExtensions
{
    /// <summary>The tag and the end of the name of the check for liveness probes.</summary>
    public const string LiveTag = "live";

    /// <summary>The tag and the end of the name of the check for readiness probes.</summary>
    public const string ReadyTag = "ready";

    /// <summary>
    /// Adds two checks: <c>memory_triggers_live</c> fails when only a restart would help, <c>memory_triggers_ready</c> when memory triggers
    /// are not started, and is degraded when something needs attention, such as a store that is unavailable.
    /// </summary>
    /// <param name="builder">The builder; <c>AddMemoryTriggers</c> has to be called on its services, before or after.</param>
    /// <param name="failureStatus">The status of a failed check. <value><see cref="HealthStatus.Unhealthy"/></value></param>
    public static IHealthChecksBuilder AddMemoryTriggers(this IHealthChecksBuilder builder, HealthStatus? failureStatus = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(new HealthCheckRegistration(
            $"memory_triggers_{LiveTag}", static services =>
                ActivatorUtilities.CreateInstance<MemoryTriggersLiveCheck>(services), failureStatus, [LiveTag]));
        return builder.Add(new HealthCheckRegistration(
            $"memory_triggers_{ReadyTag}", static services =>
                ActivatorUtilities.CreateInstance<MemoryTriggersHealthCheck>(services), failureStatus, [ReadyTag]));
    }
}
