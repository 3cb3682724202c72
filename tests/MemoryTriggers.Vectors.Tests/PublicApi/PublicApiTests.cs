using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void Vectors_PublicSurface_IsTheApprovedOne() => Approval.Verify(
        PublicSurface.Of(typeof(VectorSearch).Assembly),
        Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Vectors.Tests", "PublicApi"),
        "MemoryTriggers.Vectors");
}
