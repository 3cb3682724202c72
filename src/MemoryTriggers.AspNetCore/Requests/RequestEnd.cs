using MemoryTriggers.Hooks;
using Microsoft.AspNetCore.Connections;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.Requests;

/// <summary>How a request ended, as seen from the middleware, at any place in the pipeline.</summary>
/// <param name="Context">The request.</param>
/// <param name="Endpoint">The endpoint that handled it.</param>
/// <param name="Exception">Why it failed: the exception that passes the middleware, or one that was handled before it got there.</param>
/// <param name="Status">The status code that it was answered with, or will be.</param>
/// <param name="IsAbandoned">Whether the client left before it ended. This is not a failure.</param>
/// <param name="Elapsed">How long it took.</param>
internal readonly record struct RequestEnd(
    HttpContext Context, Endpoint? Endpoint, Exception? Exception, int Status, bool IsAbandoned, TimeSpan Elapsed)
{
    private const int ClientClosedRequest = 499;

    /// <summary>Whether the time of it says something: a connection that is meant to last is not slow.</summary>
    public bool IsMeasured =>
        !Context.WebSockets.IsWebSocketRequest && !HttpMethods.IsConnect(Context.Request.Method)
            && Status != StatusCodes.Status101SwitchingProtocols &&
        Context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) != true;

    /// <param name="context">The request.</param>
    /// <param name="matched">The endpoint at the start: a handler of exceptions takes it away.</param>
    /// <param name="passing">The exception that passes the middleware.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="exceptions">What was thrown and logged in it.</param>
    public static RequestEnd Of(
        HttpContext context, Endpoint? matched, Exception? passing, TimeSpan elapsed, RequestExceptions exceptions)
    {
        var endpoint = matched ?? Handled(context)?.Endpoint ?? ReExecuted(context) ?? context.GetEndpoint();
        var isAborted = context.RequestAborted.IsCancellationRequested;
        var status = StatusOf(context, passing);
        var cause = passing ?? Handled(context)?.Error;
        if (cause is null && (isAborted || status >= StatusCodes.Status400BadRequest)) cause = exceptions.Cause(HandlerTrace.HasLeft);
        if (isAborted && (cause is null || IsOfTheClient(cause))) status = ClientClosedRequest;
        return new(context, endpoint, cause, status, status == ClientClosedRequest, elapsed);
    }

    /// <summary>Whether the exception only says that the client left, given that it did.</summary>
    public static bool IsOfTheClient(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (TriggerOutcomes.Of(inner) == TriggerOutcome.Canceled || inner is IOException broken && IsConnection(broken)
                || inner is WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely }) return true;
        return false;
    }

    // A file that is missing, a full disk and the connection to another service are not the client.
    private static bool IsConnection(IOException exception) =>
        exception is ConnectionResetException || exception.Source is { } source
            && (source.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) || source == "System.IO.Pipelines");

    private static IExceptionHandlerFeature? Handled(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>();

    private static Endpoint? ReExecuted(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint;

    // There is no response yet when an exception passes: a server makes 500 of it, or what the exception itself says.
    private static int StatusOf(HttpContext context, Exception? passing) => passing switch
    {
        null => context.Response.StatusCode,
        BadHttpRequestException refused => refused.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };
}
