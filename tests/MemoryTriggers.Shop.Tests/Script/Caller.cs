using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MemoryTriggers.Shop.Tests.Script;

/// <summary>Sends requests to the shop one after the other, counts them, and insists on the expected answer.</summary>
internal sealed class Caller : IDisposable
{
    private readonly HttpClient _client = new();

    public int Requests { get; private set; }

    /// <summary>How many of them were answered with 500.</summary>
    public int ServerErrors { get; private set; }

    /// <summary>Where the shop is: a restart changes it.</summary>
    public Uri? Shop { get; set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    public async Task LogInAsync(Person person)
    {
        var login = new { person.Email, person.Password };
        var answer = JsonElement.Parse(await SendAsync(null, HttpMethod.Post, "/account/login", HttpStatusCode.OK, login));
        person.LoggedIn(answer.GetProperty("accessToken").GetString()!, answer.GetProperty("refreshToken").GetString()!);
    }

    public Task GetAsync(Person? person, string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(person, HttpMethod.Get, path, expected);

    public Task PostAsync(Person? person, string path, object? body, HttpStatusCode expected) =>
        SendAsync(person, HttpMethod.Post, path, expected, body);

    public Task PutAsync(Person person, string path, object? body, HttpStatusCode expected) =>
        SendAsync(person, HttpMethod.Put, path, expected, body);

    public Task DeleteAsync(Person person, string path, HttpStatusCode expected) => SendAsync(person, HttpMethod.Delete, path, expected);

    private async Task<string> SendAsync(Person? person, HttpMethod method, string path, HttpStatusCode expected, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Shop!, path)) { Content = body is null ? null : JsonContent.Create(body) };
        if (person?.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _client.SendAsync(request, Token);
        var answer = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == expected, $"{method} {path}: {response.StatusCode} instead of {expected}: {answer}");
        Requests++;
        if (response.StatusCode == HttpStatusCode.InternalServerError) ServerErrors++;
        return answer;
    }
}
