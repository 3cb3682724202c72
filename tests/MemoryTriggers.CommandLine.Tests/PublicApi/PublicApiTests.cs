using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void CommandLine_PublicSurface_IsTheApprovedOne() => Approval.Verify(
        PublicSurface.Of(typeof(CommandMemoryOptions).Assembly),
        Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.CommandLine.Tests", "PublicApi"),
        "MemoryTriggers.CommandLine");
}
