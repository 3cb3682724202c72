using System.Diagnostics.CodeAnalysis;
using MemoryTriggers;
using MemoryTriggers.Monitoring;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves what an operator wants to know of the memory triggers.</summary>
public static class MemoryTriggersEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Serves <c>health</c> and <c>metrics</c> as JSON, and the probes <c>live</c> and <c>ready</c>, under a prefix. A caller that is
    /// neither signed in nor on this machine is refused (403), unless the program configures access:
    /// <c>app.MapMemoryTriggers().RequireAuthorization("operators")</c>, or <c>AllowAnonymous()</c> for everybody.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where they are.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The group, to attach authorization, limits or a host to.</returns>
    /// <exception cref="InvalidOperationException"><c>AddMemoryTriggers</c> was not called.</exception>
    public static IEndpointConventionBuilder MapMemoryTriggers(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "/memory-triggers",
        Action<MemoryTriggersEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var options = new MemoryTriggersEndpointOptions();
        configure?.Invoke(options);
        var service = endpoints.ServiceProvider.GetService<MemoryTriggerService>() ??
            throw new InvalidOperationException("MapMemoryTriggers needs the memory triggers: call " +
                "builder.Services.AddMemoryTriggers() before.");
        var handlers = new MonitoringEndpoints(service, endpoints.ServiceProvider.GetRequiredService<TimeProvider>(), options);

        var group = endpoints.MapGroup(prefix);
        group.MapMethods("/health", Methods, handlers.HealthAsync);
        group.MapMethods("/metrics", Methods, handlers.MetricsAsync);
        group.MapMethods("/live", Methods, handlers.LiveAsync);
        group.MapMethods("/ready", Methods, handlers.ReadyAsync);
        // Probes come often: they are no work of the program, and belong in no description of its interface.
        return group.WithMetadata(new NoMemoryTriggerAttribute()).ExcludeFromDescription();
    }
}
