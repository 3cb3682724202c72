using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MemoryTriggers.Diagnostics;

/// <summary>The names under which OpenTelemetry finds this library, and the spans it makes.</summary>
internal static class Telemetry
{
    public const string Name = "MemoryTriggers";
    public const string BackendTag = "memory_triggers.backend";
    public const string OperationTag = "memory_triggers.operation";
    public const string ErrorTag = "error.type";

    // Collectors keep 128 links of a span by default.
    private const int MaxLinks = 128;

    private static readonly string? Version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly ActivitySource Source = new(Name, Version);

    public static Meter Meter(IMeterFactory? factory) => factory?.Create(Name, Version) ?? new Meter(Name, Version);

    /// <summary>A span of a call of the store: a child of the caller's, where there is one.</summary>
    public static Activity? Start(string backend, string operation) =>
        Source.HasListeners() ? Tagged(Source.StartActivity($"{operation} {backend}", ActivityKind.Client), backend, operation) : null;

    /// <summary>
    /// A span of storing a batch. Delivery is in no trace of its own: it joins the trace of what was captured when that is one, and links
    /// to them when they are several.
    /// </summary>
    public static Activity? StartStore(string backend, IReadOnlyList<MemoryEntry> batch)
    {
        if (!Source.HasListeners()) return null;
        var contexts = batch.Select(ContextOf).Where(static context => context != default).Distinct().Take(MaxLinks + 1).ToList();
        var isOne = Activity.Current is null && contexts.Count == 1;
        var links = isOne ? null : contexts.Take(MaxLinks).Select(static context => new ActivityLink(context));
        var activity = Source.StartActivity($"store {backend}", ActivityKind.Client, isOne ? contexts[0] : Activity.Current?.Context
            ?? default, links: links);
        return Tagged(activity, backend, "store")?.SetTag("memory_triggers.batch.size", batch.Count);
    }

    public static void End(Activity? activity, string? error)
    {
        if (activity is null || error is null) return;
        activity.SetTag(ErrorTag, error);
        activity.SetStatus(ActivityStatusCode.Error);
    }

    private static Activity? Tagged(Activity? activity, string backend, string operation) =>
        activity?.SetTag(BackendTag, backend).SetTag(OperationTag, operation);

    private static ActivityContext ContextOf(MemoryEntry entry) =>
        entry is { TraceId.Length: 32, SpanId.Length: 16 }
            ? new ActivityContext(ActivityTraceId.CreateFromString(entry.TraceId), ActivitySpanId.CreateFromString(entry.SpanId),
                ActivityTraceFlags.Recorded, isRemote: true)
            : default;
}
