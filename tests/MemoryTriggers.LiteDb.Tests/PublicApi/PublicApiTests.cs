using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void LiteDb_PublicSurface_IsTheApprovedOne() => Approval.Verify(
        PublicSurface.Of(typeof(LiteDbMemoryBackend).Assembly),
        Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.LiteDb.Tests", "PublicApi"),
        "MemoryTriggers.LiteDb");
}
