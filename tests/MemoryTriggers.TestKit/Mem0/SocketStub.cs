using System.Net;
using System.Net.Sockets;

namespace MemoryTriggers.TestKit.Mem0;

/// <summary>A server on loopback that reads the head of a request and then does what a test says with the connection.</summary>
internal sealed class SocketStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SocketStub(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _listener.Start();
        _accepting = Task.Run(() => AcceptAsync(answer, _stop.Token));
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> answer, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(token);
            await using var stream = client.GetStream();
            await ReadHeadAsync(stream, token);
            try
            {
                await answer(stream, token);
            }
            catch (IOException)
            {
                // The other side has given up, as it should.
            }
        }
    }

    private static async Task ReadHeadAsync(NetworkStream stream, CancellationToken token)
    {
        var last = 0;
        var buffer = new byte[1];
        while (last != 0x0D0A0D0A && await stream.ReadAsync(buffer, token) == 1) last = (last << 8) | buffer[0];
    }
}
