using System.Collections.Concurrent;
using MemoryTriggers.Hooks;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.Requests;

/// <summary>
/// The path of a request that no route matched, without what names one thing among many: <c>/orders/{}</c>. A path that the application
/// refuses (4xx) is the client's invention and has no shape; of others the first hundred have one. Thread-safe.
/// </summary>
internal static class PathShape
{
    private const string NoRoute = "(no route)";
    private const int MostShapes = 100;
    private const int MostParts = 6;
    private static readonly ConcurrentDictionary<string, bool> Shapes = new(StringComparer.Ordinal);

    public static string Of(HttpContext context)
    {
        if (context.Response.StatusCode is >= 400 and < 500 || Path(context) is not { Length: > 1 } path) return NoRoute;
        var parts = path.Split('/');
        if (parts.Length > MostParts + 1) return NoRoute;
        var shape = string.Join('/', parts.Select(static part => RequestRoute.IsId(part) ? "{}" : part));
        return Shapes.ContainsKey(shape) || Shapes.Count < MostShapes && Shapes.TryAdd(shape, true) ? shape : NoRoute;
    }

    private static string? Path(HttpContext context) =>
        context.Features.Get<IExceptionHandlerPathFeature>()?.Path
        ?? context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
        ?? context.Request.Path.Value;
}
