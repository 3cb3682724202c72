using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Benchmarks.Shop;

/// <summary>The sample as a program of its own, with an operator who is logged in.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly string[] QuietLog =
        ["--Logging:LogLevel:Default", "Warning", "--Logging:LogLevel:Microsoft.AspNetCore", "Warning",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"];

    private readonly TemporaryDirectory _folder = new();
    private readonly HttpClient _client = new();
    private readonly Process _process;

    /// <param name="memory">What the shop remembers: <c>off</c>, <c>hooks</c>, <c>on</c>.</param>
    private ShopProcess(string memory)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Shop", configuration, "Shop.dll");
        _process = Process.Start(new ProcessStartInfo(
            "dotnet", [program, "--urls", "http://127.0.0.1:0", "--data", _folder.Path, "--memory", memory, .. QuietLog])
        {
            RedirectStandardOutput = true,
        })!;
    }

    public static async Task<ShopProcess> StartAsync(string memory)
    {
        var shop = new ShopProcess(memory);
        try
        {
            shop._client.BaseAddress = new Uri(await shop.ReadAddressAsync());
            await shop.OpenAsync();
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <returns>The time from the request to the whole answer, in microseconds.</returns>
    /// <exception cref="HttpRequestException">The request failed: then nothing is comparable.</exception>
    public async Task<double> SendAsync(ShopRequest request)
    {
        using var message = request.ToMessage();
        var start = Stopwatch.GetTimestamp();
        using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseContentRead);
        var elapsed = Stopwatch.GetElapsedTime(start);
        response.EnsureSuccessStatusCode();
        return elapsed.TotalMicroseconds;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<string> ReadAddressAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is not (>= 0 and var at)) continue;
            // What it prints later is read as well: a full pipe would stop it.
            _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return line[(at + Listening.Length)..].Trim();
        }

        throw new InvalidOperationException("The shop ended before it listened.");
    }

    private async Task OpenAsync()
    {
        var operatorAccount = new { email = "operator@shop.example", password = "Sample-Operator-1" };
        using var login = await _client.PostAsJsonAsync("/account/login", operatorAccount);
        var answer = await login.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        var token = answer.GetProperty("accessToken").GetString();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var supplier = await _client.PutAsync(new Uri("/supplier/south", UriKind.Relative), null);
        supplier.EnsureSuccessStatusCode();
    }
}
