using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Backends;

public sealed class DeletionInPostgresTests(SharedServer server) : DeletionConformance
{
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    protected override async ValueTask<IMemoryBackend> OpenAsync() => await _schema.OpenAsync();
}
