using System.Net.WebSockets;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.Requests;

/// <summary>How a request ended, as seen from the middleware, at any place in the pipeline.</summary>
/// <param name="Context">The request.</param>
/// <param name="Endpoint">The endpoint that handled it.</param>
/// <param name="Passing">The exception that passes the middleware.</param>
/// <param name="Status">The status code that it was answered with, or will be.</param>
/// <param name="Elapsed">How long it took.</param>
internal readonly record struct RequestEnd(HttpContext Context, Endpoint? Endpoint, Exception? Passing, int Status, TimeSpan Elapsed)
{
    private const int ClientClosedRequest = 499;

    /// <summary>Why it failed: the exception that passes the middleware, or one that was handled before it got there.</summary>
    public Exception? Exception => Passing ?? Handled(Context)?.Error;

    /// <summary>Whether the client disconnected before there was a response. This is not a failure.</summary>
    public bool IsAbandoned => Status == ClientClosedRequest;

    /// <summary>Whether the time of it says something: a connection that is meant to last is not slow.</summary>
    public bool IsMeasured =>
        !Context.WebSockets.IsWebSocketRequest && !HttpMethods.IsConnect(Context.Request.Method)
            && Status != StatusCodes.Status101SwitchingProtocols &&
        Context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) != true;

    /// <param name="context">The request.</param>
    /// <param name="matched">The endpoint at the start: a handler of exceptions takes it away.</param>
    /// <param name="passing">The exception that passes the middleware.</param>
    /// <param name="elapsed">How long it took.</param>
    public static RequestEnd Of(HttpContext context, Endpoint? matched, Exception? passing, TimeSpan elapsed) =>
        new(context, matched ?? Handled(context)?.Endpoint ?? ReExecuted(context)
            ?? context.GetEndpoint(), passing, StatusOf(context, passing), elapsed);

    private static IExceptionHandlerFeature? Handled(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>();

    private static Endpoint? ReExecuted(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint;

    // There is no response yet when an exception passes: a server makes 500 of it, or what the exception itself says.
    private static int StatusOf(HttpContext context, Exception? passing) => passing switch
    {
        null => context.Response.StatusCode,
        OperationCanceledException or IOException or WebSocketException when context.RequestAborted.IsCancellationRequested =>
            ClientClosedRequest,
        BadHttpRequestException refused => refused.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };
}
