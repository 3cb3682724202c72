using MemoryTriggers.Capture;
using MemoryTriggers.Hooks;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.Requests;

/// <summary>Remembers requests that fail or are slow. What runs inside a request shares its trace.</summary>
internal sealed class RequestMemoryMiddleware(RequestDelegate next, RequestMemoryOptions options, TimeProvider time)
{
    private readonly RequestRecord _records = new(options);

    public Task InvokeAsync(HttpContext context) => RequestTriggers.AnyEnabled ? RememberAsync(context) : next(context);

    private async Task RememberAsync(HttpContext context)
    {
        var record = TriggerHub.BeginTrace(RequestTriggers.First);
        if (record is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var held = HeldLines.Begin(time);
        var matched = context.GetEndpoint();
        var started = time.GetTimestamp();
        Exception? passing = null;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsNoted(exception, out passing))
        {
            // Never entered: the exception passes unchanged.
        }
        finally
        {
            End(record, context, matched, passing, time.GetElapsedTime(started), held);
        }
    }

    private static bool IsNoted(Exception exception, out Exception noted)
    {
        noted = exception;
        return false;
    }

    private void End(CaptureRecord record, HttpContext context, Endpoint? matched, Exception? passing, TimeSpan elapsed, HeldLines held)
    {
        try
        {
            _records.End(record, RequestEnd.Of(context, matched, passing, elapsed, held.Exceptions), held);
            held.End();
        }
        catch (Exception)
        {
            // Capture entry point: whatever is wrong with us or with what the program put into its request, the request does not notice.
            CaptureFaults.Count();
        }
    }
}
