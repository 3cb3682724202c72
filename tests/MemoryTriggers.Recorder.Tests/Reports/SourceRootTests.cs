using MemoryTriggers.TestKit;

namespace MemoryTriggers.Reports;

public sealed class SourceRootTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public SourceRootTests() => Directory.CreateDirectory(Path.Combine(_directory.Path, "shop", ".git"));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Of_AFolderInARepository_IsItsRoot() =>
        Assert.Equal(_directory.File("shop"), SourceRoot.Of(Directory.CreateDirectory(Path.Combine(_directory.Path, "shop", "src", "a")).FullName).Path);

    [Fact]
    public void Relative_OfAFile_NamesNothingOfTheMachine()
    {
        var root = SourceRoot.Of(_directory.File("shop"));

        Assert.Equal("src/a/B.cs", root.Relative(Path.Combine(root.Path, "src", "a", "B.cs")));
        Assert.Equal("src/a/B.cs", root.Relative("B.cs", Path.Combine(root.Path, "src", "a")));
        Assert.Equal("Elsewhere.cs", root.Relative(_directory.File("Elsewhere.cs")));
        Assert.Equal("", root.Relative(""));
    }
}
