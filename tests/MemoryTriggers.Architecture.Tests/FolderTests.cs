using MemoryTriggers.TestKit;

namespace MemoryTriggers.Architecture;

public sealed class FolderTests
{
    public static TheoryData<string> WithFloors => [.. Floors.Of.Keys];

    [Theory]
    [MemberData(nameof(WithFloors))]
    public void Floors_EveryProject_AreUsedDownwardsOnly(string project)
    {
        var uses = Projects.Read(project);

        Assert.NotEmpty(uses);
        Assert.Empty(Floors.FindMissing(project, uses));
        AssertNone(Floors.FindWrong(project, uses));
    }

    [Theory]
    [MemberData(nameof(Projects.All), MemberType = typeof(Projects))]
    public void Folders_EveryProject_HaveNoCircle(string project) => AssertNone(FolderCircles.Find(Projects.Read(project)));

    [Fact]
    public void Projects_UnderSource_AreAllRead()
    {
        var source = Path.Combine(RepositoryRoot.Path, "src");

        var projects = Directory.EnumerateDirectories(source).Where(HasCode).Select(Path.GetFileName);

        Assert.Empty(projects.Except(Projects.All.Select(static row => row.Data)));
    }

    [Fact]
    public void Circles_BetweenFolderAndFilesAboveIt_AreFound()
    {
        TypeUse[] uses = [new("Engine", "Policies", "Rule", "Policies/Rules"), new("Rule", "Policies/Rules", "Names", "Policies")];

        Assert.Equal(2, FolderCircles.Find(uses).Count);
    }

    [Fact]
    public void Circles_OverSeveralFolders_AreFound()
    {
        TypeUse[] uses =
        [
            new("A", "One", "B", "Two"), new("B", "Two", "C", "Three/Deep"), new("D", "Three", "A", "One"), new("E", "Four", "A", "One"),
        ];

        Assert.Equal(3, FolderCircles.Find(uses).Count);
    }

    [Fact]
    public void Floors_UpwardsAndBeside_AreFound()
    {
        TypeUse[] uses = [new("A", "Sqlite", "B", "Circuits"), new("B", "Circuits", "C", "Yaml"), new("D", "Hosting", "A", "Sqlite")];

        var wrong = Floors.FindWrong("MemoryTriggers.Runtime", uses);

        Assert.Equal(["floor 1 uses floor 2: Sqlite/A -> Circuits/B", "floor 2 uses floor 2: Circuits/B -> Yaml/C"], wrong);
    }

    private static bool HasCode(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs").Any()
        || Directory.EnumerateDirectories(folder).Any(static inner => Directory.EnumerateFiles(inner, "*.cs").Any());

    private static void AssertNone(IReadOnlyList<string> found) =>
        Assert.True(found.Count == 0, $"{found.Count} uses go the wrong way:\n{string.Join('\n', found.Distinct().Take(100))}");
}
