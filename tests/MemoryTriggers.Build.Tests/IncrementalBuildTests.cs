namespace MemoryTriggers.Build;

/// <summary>An assembly is woven when the compiler has written it, and only then.</summary>
public sealed class IncrementalBuildTests(TwoProjects projects) : IClassFixture<TwoProjects>
{
    [Fact]
    public void Build_AtFirst_WeavesEachProjectOnce() => Assert.Equal([2, 1], projects.First.Weaves);

    [Fact]
    public void Build_WithoutAChange_WeavesNothing()
    {
        Assert.Empty(projects.Unchanged.Weaves);
        Assert.Equal(projects.Assemblies.First, projects.Assemblies.Second);
    }

    [Fact]
    public void Build_AfterAChangeInOneProject_WeavesThatOneOnce() => Assert.Equal([2], projects.Touched.Weaves);
}
