using System.Net.Http.Headers;
using System.Text.Json;

namespace Shop;

/// <summary>A person in front of the shop: an account and the requests made with it.</summary>
internal sealed class Visitor(Uri shop, string email, string password) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = shop };

    public void Dispose() => _client.Dispose();

    /// <summary>The later requests are made with the account.</summary>
    public async Task LogInAsync()
    {
        using var response = await _client.PostAsJsonAsync("/account/login", new { email, password });
        var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("accessToken").GetString());
    }

    /// <returns>The status of the answer.</returns>
    public async Task<int> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
