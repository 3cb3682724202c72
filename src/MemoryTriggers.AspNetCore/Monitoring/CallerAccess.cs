using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.Monitoring;

/// <summary>
/// Who may ask. Where the program has attached authorization, or waived it, that alone counts: its middleware has run before. Otherwise
/// those who are signed in, and callers on this machine.
/// </summary>
internal static class CallerAccess
{
    // What proxies add, and what the middleware for their headers leaves of it. Behind a proxy every caller comes from its address, be that
    // of this machine; and one that passes on what the caller has sent lets him claim any.
    private static readonly string[] ProxyHeaders =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Original-Host", "X-Real-IP", "Via"];

    public static bool IsAllowed(HttpContext context)
    {
        var metadata = context.GetEndpoint()!.Metadata;
        return metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<IAllowAnonymous>() is not null ||
            context.User.Identity?.IsAuthenticated == true || IsLocal(context);
    }

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) &&
        IsLocalHost(context.Request.Host.Host) &&
        !Array.Exists(ProxyHeaders, context.Request.Headers.ContainsKey);

    // A page of another site can let a browser on this machine ask, under a name of its own that leads here.
    private static bool IsLocalHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}
