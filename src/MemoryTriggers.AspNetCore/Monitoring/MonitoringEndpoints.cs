using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.Monitoring;

/// <summary>The handlers behind <c>MapMemoryTriggers</c>.</summary>
internal sealed class MonitoringEndpoints(MemoryTriggerService service, TimeProvider time, MemoryTriggersEndpointOptions options)
{
    private readonly TimeSpan _timeout = options.HealthTimeout;
    private readonly bool _openProbes = options.OpenProbes;
    private readonly bool _trustsLocal = options.TrustLocalCallers;

    // Of this host: another one of the process may be running.
    private bool IsRunning => service.RunningOrNone is not null;

    /// <summary>The process answers, and the background work has not ended: if it has, only a restart helps.</summary>
    public Task LiveAsync(HttpContext context) => service.RunningOrNone is { IsAlive: false }
        ? ProbeAsync(context, HealthStatus.Dead, isGood: false)
        : ProbeAsync(context, HealthStatus.Live, isGood: true);

    /// <summary>Memories are taken. A store that is unavailable does not change that: they wait in the journal.</summary>
    public Task ReadyAsync(HttpContext context) => IsRunning
        ? ProbeAsync(context, HealthStatus.Ready, isGood: true)
        : ProbeAsync(context, HealthStatus.NotStarted, isGood: false);

    public async Task HealthAsync(HttpContext context)
    {
        if (await IsRefusedAsync(context).ConfigureAwait(false)) return;
        var (health, problem) = await CheckAsync(context.RequestAborted).ConfigureAwait(false);
        await (health is null
            ? WriteAsync(context, problem!, isGood: false, MonitoringJson.Default.HealthAnswer)
            : WriteAsync(context, health.ToJson(), health.Status is MemoryServiceStatus.Healthy or MemoryServiceStatus.Degraded))
                .ConfigureAwait(false);
    }

    public async Task MetricsAsync(HttpContext context)
    {
        if (await IsRefusedAsync(context).ConfigureAwait(false)) return;
        await (IsRunning
            ? WriteAsync(context, (await service.GetMetricsAsync(context.RequestAborted).ConfigureAwait(false)).ToJson(), isGood: true)
            : WriteAsync(context, HealthAnswer.NotStarted, isGood: false, MonitoringJson.Default.HealthAnswer)).ConfigureAwait(false);
    }

    private async Task ProbeAsync(HttpContext context, string status, bool isGood)
    {
        if (!_openProbes && await IsRefusedAsync(context).ConfigureAwait(false)) return;
        await WriteAsync(context, new ProbeAnswer(status), isGood, MonitoringJson.Default.ProbeAnswer).ConfigureAwait(false);
    }

    private async Task<(MemoryTriggersHealth? Health, HealthAnswer? Problem)> CheckAsync(CancellationToken aborted)
    {
        if (!IsRunning) return (null, HealthAnswer.NotStarted);
        using var deadline = new CancellationTokenSource(_timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, deadline.Token);
        try
        {
            // A store may not heed the token.
            return (await service.GetHealthAsync(either.Token).WaitAsync(either.Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return (null, HealthAnswer.Late(_timeout));
        }
    }

    private async Task<bool> IsRefusedAsync(HttpContext context)
    {
        if (CallerAccess.IsAllowed(context, _trustsLocal)) return false;
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.Response.WriteAsJsonAsync(RefusalAnswer.Anonymous, MonitoringJson.Default.RefusalAnswer,
            cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return true;
    }

    // What operations write, as they write it.
    private static Task WriteAsync(HttpContext context, string json, bool isGood)
    {
        Begin(context, isGood);
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static Task WriteAsync<T>(HttpContext context, T answer, bool isGood, JsonTypeInfo<T> type)
    {
        Begin(context, isGood);
        return context.Response.WriteAsJsonAsync(answer, type, cancellationToken: context.RequestAborted);
    }

    private static void Begin(HttpContext context, bool isGood)
    {
        context.Response.StatusCode = isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
    }
}
