using MemoryTriggers.Hooks;
using MemoryTriggers.Capture;
using MemoryTriggers.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace MemoryTriggers.Endpoints;

/// <summary>Remembers each execution of an endpoint's handler. What runs inside has it as its parent.</summary>
internal sealed class EndpointMemoryFilter(TriggerDescriptor descriptor, int failureStatus) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        TriggerHub.IsEnabled(descriptor) ? RememberAsync(context, next) : next(context);

    private async ValueTask<object?> RememberAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var record = TriggerHub.BeginFlow(descriptor);
        if (record is null) return await next(context).ConfigureAwait(false);
        // Before anything can fail: the record of a failure is handed over while its exception is still on its way.
        record.Metadata("route", RouteName.Operation(context.HttpContext, context.HttpContext.GetEndpoint()));
        try
        {
            var result = await next(context).ConfigureAwait(false);
            Returned(record, context.HttpContext, result);
            return result;
        }
        catch (Exception exception) when (TriggerHub.Fail(record, exception))
        {
            // Never entered: the exception passes unchanged.
            throw;
        }
        finally
        {
            TriggerHub.Finish(record);
        }
    }

    // A result is an answer that is still to be written; one with an error in it is how a handler says that it failed.
    private void Returned(CaptureRecord record, HttpContext context, object? result)
    {
        while (result is INestedHttpResult nested) result = nested.Result;
        if (StatusOf(context, result) is not { } status) return;
        record.Metadata("status", status);
        if (status < failureStatus) return;
        // A handler that answers with an error has often handled an exception, and logged it.
        if (HeldLines.OfRequest?.Exceptions.Logged is { } cause) record.Leave(cause);
        record.Fail();
        if (descriptor.CapturesOnError) context.Features.Set(new EndpointFailure(new FailureMemory(record.Id, record.Lane)));
    }

    private static int? StatusOf(HttpContext context, object? result) => (result, context.Response.StatusCode) switch
    {
        (IStatusCodeHttpResult { StatusCode: { } status }, _) => status,
        (IStatusCodeActionResult { StatusCode: { } status }, _) => status,
        // Set by the handler itself; a status that is not set has no meaning yet.
        (_, not StatusCodes.Status200OK and var status) => status,
        _ => null,
    };
}
