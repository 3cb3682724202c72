using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers.Benchmarks.AspNetCore;

/// <summary>Kestrel on the loopback address, and one connection to it that sends requests in bunches and reads the answers by their length.</summary>
internal sealed class LoopbackSite : IAsyncDisposable
{
    private const int Bunch = 16;

    private readonly WebApplication _app;
    private readonly Socket _socket;
    private readonly byte[] _requests;
    private readonly byte[] _answers;

    private LoopbackSite(WebApplication app, string path)
    {
        _app = app;
        var address = new Uri(app.Urls.Single());
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(address.Host, address.Port);
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");
        _requests = [.. Enumerable.Repeat(request, Bunch).SelectMany(static bytes => bytes)];
        _answers = new byte[AnswerLength(request) * Bunch];
    }

    public static async Task<LoopbackSite> StartAsync(bool hasMiddleware, string path)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        if (hasMiddleware) app.UseMemoryTriggers();
        app.MapGet("/plain/{id}", static (int id) => "ok");
        app.MapGet("/remembered/{id}", static (int id) => "ok").RememberAs("measured request");
        await app.StartAsync();
        return new LoopbackSite(app, path);
    }

    public void Send(int count)
    {
        for (var number = 0; number < count; number += Bunch)
        {
            _socket.Send(_requests);
            for (var read = 0; read < _answers.Length; read += _socket.Receive(_answers.AsSpan(read)))
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _app.DisposeAsync();
    }

    // All answers are alike: the date in them always has the same length.
    private int AnswerLength(byte[] request)
    {
        _socket.Send(request);
        var text = "";
        var buffer = new byte[4 * 1024];
        while (!text.EndsWith("ok", StringComparison.Ordinal) && !text.EndsWith("ok\r\n0\r\n\r\n", StringComparison.Ordinal))
        {
            text += Encoding.ASCII.GetString(buffer, 0, _socket.Receive(buffer));
        }

        return text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? text.Length : throw new InvalidOperationException(text);
    }
}
