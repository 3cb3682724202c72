using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemoryTriggers.AspNetCore.Tests.Endpoints;

/// <summary>Handlers of a minimal API.</summary>
internal static class OrderApi
{
    [WorkflowMemoryTrigger(WorkflowType = "order", CaptureArguments = true)]
    public static async Task<Ok<string>> PlaceAsync(int number, HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        return TypedResults.Ok($"placed {number}");
    }

    public static Results<Ok<string>, ProblemHttpResult> Ship(int number) =>
        number > 100 ? TypedResults.Problem("no lorry", statusCode: 503) : TypedResults.Ok($"shipped {number}");
}
