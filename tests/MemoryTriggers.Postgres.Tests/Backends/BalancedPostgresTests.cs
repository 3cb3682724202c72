using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Backends;

/// <summary>Three ways to one database, one of which does not work, are a store like any other.</summary>
public sealed class BalancedPostgresTests(SharedServer server) : MemorySearchConformance
{
    private PostgresSchemaUnderTest? _schema;

    private PostgresSchemaUnderTest Schema => _schema ??= server.NewSchema();

    protected override bool IsPersistent => true;

    protected override IMemoryBackend Create() => new BalancedBackend(
        [Schema.Create(), new UnsteadyBackend("away") { IsAway = true }, Schema.Create()], new(), NullLogger.Instance, TimeProvider.System);

    // A test that is skipped has no backend.
    public override ValueTask DisposeAsync() => Backend is null ? default : base.DisposeAsync();
}
