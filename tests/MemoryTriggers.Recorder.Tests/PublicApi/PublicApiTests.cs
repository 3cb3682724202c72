using System.Reflection;
using MemoryTriggers.Runs;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.PublicApi;

/// <summary>The loggers are loaded as what hosts them does: by their path.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("MemoryTriggers.MSBuild")]
    [InlineData("MemoryTriggers.TestingPlatform")]
    [InlineData("MemoryTriggers.TestLogger")]
    public void Logger_PublicSurface_IsTheApprovedOne(string name) => Approval.Verify(
        PublicSurface.Of(Assembly.LoadFrom(Path.Combine(Repository.Logger(name), name + ".dll"))),
        Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Recorder.Tests", "PublicApi"),
        name);
}
