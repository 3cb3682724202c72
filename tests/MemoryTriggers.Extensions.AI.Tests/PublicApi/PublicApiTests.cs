using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void ExtensionsAI_PublicSurface_IsTheApprovedOne() => Approval.Verify(
        PublicSurface.Of(typeof(ChatHookOptions).Assembly),
        Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Extensions.AI.Tests", "PublicApi"),
        "MemoryTriggers.Extensions.AI");
}
