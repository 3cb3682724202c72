using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void Postgres_PublicSurface_IsTheApprovedOne() => Approval.Verify(
        PublicSurface.Of(typeof(PostgresMemoryBackend).Assembly),
        Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Postgres.Tests", "PublicApi"),
        "MemoryTriggers.Postgres");
}
