using MemoryTriggers.TestKit;

namespace MemoryTriggers.AspNetCore.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void AspNetCore_PublicSurface_IsTheApprovedOne() => Approval.Verify(
        PublicSurface.Of(typeof(RequestMemoryOptions).Assembly),
        Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.AspNetCore.Tests", "PublicApi"),
        "MemoryTriggers.AspNetCore");
}
