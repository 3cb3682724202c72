using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Backends;

/// <summary>Two processes with one database.</summary>
public sealed class OneCurrentValueInPostgresTests(SharedServer server) : OneCurrentValueConformance
{
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    protected override async ValueTask<IMemoryBackend> OpenAsync() => await _schema.OpenAsync();
}
