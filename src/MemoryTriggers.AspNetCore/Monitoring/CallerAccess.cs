using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.Monitoring;

/// <summary>
/// Who may ask. Where the program has attached authorization, or waived it, that alone counts: its middleware has run before. Otherwise
/// those who are signed in, and callers on this machine, as far as those are trusted.
/// </summary>
internal static class CallerAccess
{
    // What proxies, gateways and tunnels add, and what the middleware for their headers leaves of it. Behind one of them every caller comes
    // from its address, be that of this machine; and one that passes on what the caller has sent lets him claim any.
    private static readonly string[] ProxyHeaders =
        ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-Ip", "True-Client-IP", "Fastly-Client-IP",
            "Fly-Client-IP"];

    private static readonly string[] ProxyPrefixes = ["X-Forwarded-", "X-Original-", "X-Envoy-", "X-ARR-", "X-Amzn-", "X-Azure-", "CF-",
        "MS-ASPNETCORE-"];

    public static bool IsAllowed(HttpContext context, bool trustsLocal)
    {
        var metadata = context.GetEndpoint()!.Metadata;
        return metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<IAllowAnonymous>() is not null ||
            context.User.Identity?.IsAuthenticated == true || trustsLocal && IsLocal(context);
    }

    // A proxy without further configuration speaks HTTP/1.0 and adds no header.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) &&
        IsLocalHost(context.Request.Host.Host) &&
        !HttpProtocol.IsHttp10(context.Request.Protocol) &&
        !context.Request.Headers.Keys.Any(IsOfAProxy);

    private static bool IsOfAProxy(string header) =>
        Array.Exists(ProxyHeaders, known => known.Equals(header, StringComparison.OrdinalIgnoreCase)) ||
        Array.Exists(ProxyPrefixes, prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // A page of another site can let a browser on this machine ask, under a name of its own that leads here.
    private static bool IsLocalHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}
