namespace Shop.Errors;

/// <summary>Turns every exception into an answer, as the middleware of many applications does: 500, and a line in the log.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Failed(logger, context.Request.Method, exception);
            context.Response.Clear();
            await Results.Problem(statusCode: StatusCodes.Status500InternalServerError, title: "The shop failed.").ExecuteAsync(context);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A {Method} request failed")]
    private static partial void Failed(ILogger logger, string method, Exception exception);
}
