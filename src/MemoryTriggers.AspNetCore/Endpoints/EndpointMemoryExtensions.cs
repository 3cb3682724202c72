using MemoryTriggers;
using MemoryTriggers.Capture;
using MemoryTriggers.Endpoints;
using MemoryTriggers.Requests;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Remembers endpoints.</summary>
public static class EndpointMemoryExtensions
{
    /// <summary>
    /// Remembers executions of the handler, as those of a decorated method are remembered: of a minimal API, a group of them, or
    /// controllers.
    /// An answer that the handler writes itself, as a bare <see cref="RequestDelegate"/> does, counts by the status that it sets.
    /// </summary>
    /// <param name="builder">The endpoints.</param>
    /// <param name="operation">The operation, such as <c>place order</c>.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TBuilder RememberAs<TBuilder>(this TBuilder builder, string operation, Action<EndpointMemoryOptions>? configure = null)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(operation);
        var options = new EndpointMemoryOptions();
        configure?.Invoke(options);
        return builder.AddEndpointFilter(new EndpointMemoryFilter(Describe(operation, options), options.FailureStatus));
    }

    /// <summary>Another limit for these endpoints than <see cref="RequestMemoryOptions.SlowerThan"/>.</summary>
    /// <param name="builder">The endpoints.</param>
    /// <param name="limit">From when on they are slow; <see langword="null"/>: they never are.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public static TBuilder RememberWhenSlowerThan<TBuilder>(this TBuilder builder, TimeSpan? limit)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (limit is { } given) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, nameof(limit));
        builder.Add(endpoint => endpoint.Metadata.Add(new SlowLimit(limit)));
        return builder;
    }

    private static TriggerDescriptor Describe(string operation, EndpointMemoryOptions options) => TriggerHub.Describe(new TriggerDefinition
    {
        Type = options.Type,
        Operation = operation,
        Subject = options.Subject,
        Project = options.Project,
        Priority = options.Priority,
        Source = RequestTriggers.Source,
        Tags = ["http", .. options.Tags],
        CaptureResult = false,
        RememberEach = options.RememberEach,
        CaptureOnSuccess = options.CaptureOnSuccess,
        CaptureOnError = options.CaptureOnError,
    });
}
