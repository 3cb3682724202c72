using System.Globalization;
using MemoryTriggers.Capture;
using MemoryTriggers.Hooks;
using Microsoft.AspNetCore.Routing;

namespace MemoryTriggers.Requests;

/// <summary>Decides whether a request that has ended is remembered, and writes its record.</summary>
internal sealed class RequestRecord(RequestMemoryOptions options)
{
    private const int MaxLogged = 1_000;
    private readonly TimeSpan? _slowerThan = options.SlowerThan;
    private readonly int _failureStatus = options.FailureStatus;
    private readonly string[] _headers = [.. options.Headers];
    private readonly string[] _query = [.. options.Query];
    private readonly string[] _routeValues = [.. options.RouteValues];

    /// <summary>Hands the record over, or lets go of it. The record must not be used afterwards.</summary>
    public void End(CaptureRecord record, in RequestEnd end, HeldLines held)
    {
        var metadata = end.Endpoint?.Metadata;
        var isLeftOut = metadata?.GetMetadata<NoMemoryTriggerAttribute>() is not null;
        var limit = metadata?.GetMetadata<SlowLimit>() is { } own ? own.SlowerThan : _slowerThan;
        var isFailed = !end.IsAbandoned && end.Status >= _failureStatus;
        var isSlow = end.Elapsed >= limit && end.IsMeasured;
        if (!isLeftOut && isFailed && TriggerHub.IsWanted(RequestTriggers.Failed, record.FlowAtEntry)) Fail(record, end, held);
        else if (!isLeftOut && isSlow && TriggerHub.IsWanted(RequestTriggers.Slow, record.FlowAtEntry)) Slow(record, end, limit!.Value);
        else if (!isLeftOut && end.Status >= 400 && TriggerHub.IsWanted(RequestTriggers.Counted, record.FlowAtEntry))
            Count(record, end, held);
        else
        {
            TriggerHub.Discard(record);
            return;
        }

        if (isSlow) record.Tag("slow");
        Describe(record, end);
        TriggerHub.Finish(record);
    }

    private static void Fail(CaptureRecord record, in RequestEnd end, HeldLines held)
    {
        record.Become(RequestTriggers.Failed);
        record.Override(CaptureOverride.Subject, end.Exception?.GetType().Name ?? Text($"status_{end.Status}"));
        if (end.Exception is { } cause)
        {
            record.Leave(cause);
            if (held.Take(cause) is { } lines) record.Metadata("logged", HookText.Cut(lines, MaxLogged));
        }
        else
        {
            record.Override(CaptureOverride.Content,
                Text($"Request failed: {RouteName.Operation(end.Context, end.Endpoint)}: answered {end.Status}"));
        }

        if (end.Exception is null && end.Context.Features.Get<EndpointFailure>() is { } endpoint) record.Join(endpoint.Memory);
        record.Fail();
    }

    // By route and class of status: the rate of refusals says something, a single one does not.
    private static void Count(CaptureRecord record, in RequestEnd end, HeldLines held)
    {
        record.Become(RequestTriggers.Counted);
        var operation = RouteName.Operation(end.Context, end.Endpoint);
        var result = end.IsAbandoned ? "canceled by the client" : Text($"answered {end.Status / 100}xx");
        record.Override(CaptureOverride.CountedAs, $"{operation} {result}");
        record.Override(CaptureOverride.Content, $"Request: {operation}: {result}");
        if (!end.IsAbandoned) return;
        record.Fail(TriggerOutcome.Canceled);
        held.Drop(RequestEnd.IsOfTheClient);
    }

    private static void Slow(CaptureRecord record, in RequestEnd end, TimeSpan limit)
    {
        record.Become(RequestTriggers.Slow);
        var ending = end.IsAbandoned ? "the client left" : Text($"answered {end.Status}");
        var (operation, elapsed) = (RouteName.Operation(end.Context, end.Endpoint), end.Elapsed.TotalMilliseconds);
        record.Override(
            CaptureOverride.Content,
            Text($"Slow request: {operation}: took {elapsed:F0}ms, more than {limit.TotalMilliseconds:F0}ms, {ending}"));
    }

    private void Describe(CaptureRecord record, in RequestEnd end)
    {
        var request = end.Context.Request;
        record.Override(CaptureOverride.Operation, RouteName.Operation(end.Context, end.Endpoint));
        record.Metadata("verb", RouteName.Verb(end.Context));
        record.Metadata("route", RouteName.Template(end.Context, end.Endpoint));
        record.Metadata("status", end.Status);
        foreach (var name in _headers)
        {
            if (request.Headers.TryGetValue(name, out var values)) record.Metadata($"header.{name}", values.ToString());
        }

        foreach (var name in _query)
        {
            if (request.Query.TryGetValue(name, out var values)) record.Metadata($"query.{name}", values.ToString());
        }

        foreach (var name in _routeValues)
        {
            if (end.Context.GetRouteValue(name) is { } value)
                record.Metadata($"route.{name}", Convert.ToString(value, CultureInfo.InvariantCulture));
        }
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
