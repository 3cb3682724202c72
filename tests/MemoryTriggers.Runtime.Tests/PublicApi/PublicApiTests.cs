using System.Reflection;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void Abstractions_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(TriggerHub).Assembly);

    [Fact]
    public void Runtime_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(MemoryTriggerService).Assembly);

    private static void AssertApproved(Assembly assembly) =>
        Approval.Verify(PublicSurface.Of(assembly), Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Runtime.Tests", "PublicApi"), assembly.GetName().Name!);
}
