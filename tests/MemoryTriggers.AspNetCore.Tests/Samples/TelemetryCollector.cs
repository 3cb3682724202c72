using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace MemoryTriggers.AspNetCore.Tests.Samples;

/// <summary>An OTLP collector on loopback that keeps what it gets: Protocol Buffers over HTTP, one path for each kind.</summary>
internal sealed class TelemetryCollector(Site site, ConcurrentQueue<(string Path, byte[] Body)> posts) : IAsyncDisposable
{
    public string Address => site.Client.BaseAddress!.ToString();

    public static async Task<TelemetryCollector> StartAsync()
    {
        var posts = new ConcurrentQueue<(string Path, byte[] Body)>();
        return new TelemetryCollector(
            await Site.StartAsync(app => app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                posts.Enqueue((context.Request.Path, body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
            })),
            posts);
    }

    /// <summary>All that came for a kind, such as <c>traces</c>, a character for each byte: names stand in it as they are.</summary>
    public string Received(string kind) => string.Concat(posts.Where(post => post.Path == $"/v1/{kind}").Select(static post => Encoding.Latin1.GetString(post.Body)));

    /// <summary>All spans that came, in the order of their coming.</summary>
    public IReadOnlyList<TelemetrySpan> Spans => [.. posts.Where(static post => post.Path == "/v1/traces").SelectMany(static post => SpanReader.Read(post.Body))];

    public ValueTask DisposeAsync() => site.DisposeAsync();
}
