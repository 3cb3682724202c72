using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MemoryTriggers.TestKit.Mem0;

namespace MemoryTriggers.Cli.Stores;

/// <summary>A stub of mem0 on a port of loopback, for a tool that is a process of its own. One request for each connection.</summary>
internal sealed class Mem0OverHttp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpMessageInvoker _stub;
    private readonly Task _accepting;

    public Mem0OverHttp(Mem0Stub stub)
    {
        _stub = new HttpMessageInvoker(stub);
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stub.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = Task.Run(() => AnswerAsync(client));
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var closing = client;
        await using var stream = client.GetStream();
        await AnswerAsync(stream);
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        if (await ReadLineAsync(stream) is not { Length: > 0 } line) return;
        var words = line.Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(words[0]), new Uri(Address + words[1]));
        var (length, isChunked) = (0, false);
        while (await ReadLineAsync(stream) is { Length: > 0 } header)
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) length = int.Parse(value, CultureInfo.InvariantCulture);
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) isChunked = true;
            else if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) request.Headers.TryAddWithoutValidation(name, value);
        }

        var body = isChunked ? await ReadChunksAsync(stream) : await ReadAsync(stream, length);
        if (body.Length > 0) request.Content = new ByteArrayContent(body);
        using var answer = await _stub.SendAsync(request, _stop.Token);
        var content = await answer.Content.ReadAsByteArrayAsync(_stop.Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {(int)answer.StatusCode} X\r\nContent-Type: application/json\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n")), _stop.Token);
        await stream.WriteAsync(content, _stop.Token);
    }

    private async Task<byte[]> ReadChunksAsync(NetworkStream stream)
    {
        var body = new List<byte>();
        while (await ReadLineAsync(stream) is { } size)
        {
            var chunk = await ReadAsync(stream, int.Parse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            await ReadLineAsync(stream);
            if (chunk.Length == 0) break;
            body.AddRange(chunk);
        }

        return [.. body];
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }

    private async Task<string> ReadLineAsync(NetworkStream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1 && one[0] != '\n') line.Append((char)one[0]);
        return line.ToString().TrimEnd('\r');
    }
}
