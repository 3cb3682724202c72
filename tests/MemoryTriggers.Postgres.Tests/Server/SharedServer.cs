using MemoryTriggers.Tests.Server;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace MemoryTriggers.Tests.Server;

/// <summary>One server for all tests, a schema for each. Its disk is not waited for.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private static int _schemas;
    private PostgresServer? _server;

    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(_server is null, PostgresBinaries.Missing ?? "");
            return _server!.ConnectionString;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (PostgresBinaries.Missing is null) _server = await PostgresServer.StartAsync(isDurable: false, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    /// <summary>The schema of a test, with nothing in it.</summary>
    public PostgresSchemaUnderTest NewSchema() => new(ConnectionString, $"test_{Interlocked.Increment(ref _schemas)}");
}
