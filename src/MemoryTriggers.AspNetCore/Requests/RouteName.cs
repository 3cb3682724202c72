using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MemoryTriggers.Requests;

/// <summary>
/// The name of a request that is the same for all of its kind: method and route template. A path would name people and things.
/// </summary>
internal static class RouteName
{
    private const string NoRoute = "(no route)";

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "QUERY"];

    /// <summary>Such as <c>GET /orders/{id}</c>.</summary>
    public static string Operation(HttpContext context, Endpoint? endpoint) => $"{Method(context.Request.Method)} {Template(endpoint)}";

    /// <summary>The route template with a slash before it.</summary>
    public static string Template(Endpoint? endpoint) =>
        endpoint is RouteEndpoint { RoutePattern: var pattern } ? "/" + Text(pattern).TrimStart('/') : NoRoute;

    // Whatever a client makes up is one name.
    private static string Method(string method) =>
        Array.Find(Methods, known => known.Equals(method, StringComparison.OrdinalIgnoreCase)) ?? "OTHER";

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
