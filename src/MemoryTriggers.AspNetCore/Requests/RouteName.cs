using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MemoryTriggers.Requests;

/// <summary>
/// The name of a request that is the same for all of its kind: method and route template. A path would name people and things.
/// </summary>
internal static class RouteName
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "QUERY"];

    /// <summary>Such as <c>GET /orders/{id}</c>.</summary>
    public static string Operation(HttpContext context, Endpoint? endpoint) => $"{Verb(context)} {Template(context, endpoint)}";

    /// <summary>The method, or <c>OTHER</c>: whatever a client makes up is one name.</summary>
    public static string Verb(HttpContext context) =>
        Array.Find(Methods, known => known.Equals(context.Request.Method, StringComparison.OrdinalIgnoreCase)) ?? "OTHER";

    /// <summary>
    /// The route template with a slash before it; without endpoint routing controller and action, or the page; else the shape of the path.
    /// </summary>
    public static string Template(HttpContext context, Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern: var pattern } ? "/" + Text(pattern).TrimStart('/')
        : Action(context) ?? PathShape.Of(context);

    // What a handler of exceptions or status codes runs has a route of its own: the one before counts.
    private static string? Action(HttpContext context)
    {
        var values = context.Features.Get<IExceptionHandlerFeature>()?.RouteValues
            ?? context.Features.Get<IStatusCodeReExecuteFeature>()?.RouteValues
            ?? context.Features.Get<IRoutingFeature>()?.RouteData?.Values;
        if (values is null) return null;
        if (Value(values, "action") is { } action)
        {
            string?[] parts = [Value(values, "area"), Value(values, "controller"), action];
            return "/" + string.Join('/', parts.Where(static part => part is not null));
        }

        return Value(values, "page") is { } page ? "/" + page.TrimStart('/') : null;
    }

    private static string? Value(RouteValueDictionary values, string name) =>
        values.TryGetValue(name, out var value) && value is string { Length: > 0 } text ? text : null;

    // Conventional routes share one template for all controllers: the actual names are filled in.
    private static string Text(RoutePattern pattern) =>
        pattern.Parameters.Any(parameter => Required(pattern, parameter) is not null) || pattern.RawText is null
        ? string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => Part(pattern, part)))))
        : pattern.RawText;

    private static string Part(RoutePattern pattern, RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter =>
            Required(pattern, parameter) ?? $"{{{(parameter.IsCatchAll ? "*" : "")}{parameter.Name}{(parameter.IsOptional ? "?" : "")}}}",
        _ => "",
    };

    private static string? Required(RoutePattern pattern, RoutePatternParameterPart parameter) =>
        pattern.RequiredValues.TryGetValue(parameter.Name, out var value) && value is string { Length: > 0 } text ? text : null;
}
