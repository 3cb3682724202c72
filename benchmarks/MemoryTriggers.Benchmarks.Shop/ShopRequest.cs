using System.Net.Http.Json;

namespace MemoryTriggers.Benchmarks.Shop;

/// <summary>A request that each shop answers in the same way.</summary>
/// <param name="Name">Its line in the table.</param>
/// <param name="Method">The verb.</param>
/// <param name="Path">The path.</param>
/// <param name="Body">What is sent as JSON.</param>
internal sealed record ShopRequest(string Name, HttpMethod Method, string Path, object? Body = null)
{
    public static IReadOnlyList<ShopRequest> All { get; } =
    [
        new("`GET /products`: no trigger", HttpMethod.Get, "/products"),
        new("`GET /products/1/price`: a broad trigger", HttpMethod.Get, "/products/1/price"),
        new("`POST /orders`: a single trigger, a call, the supplier",
            HttpMethod.Post, "/orders", new { item = "tea", quantity = 1 }),
    ];

    public HttpRequestMessage ToMessage() =>
        new(Method, new Uri(Path, UriKind.Relative)) { Content = Body is null ? null : JsonContent.Create(Body) };
}
