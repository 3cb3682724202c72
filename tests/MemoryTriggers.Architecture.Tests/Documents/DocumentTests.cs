using MemoryTriggers.Architecture.Words;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Architecture.Documents;

public sealed class DocumentTests
{
    public static TheoryData<string> All => [.. Document.Paths];

    [Theory]
    [MemberData(nameof(All))]
    public void Lines_EveryDocument_AreShort(string path) => AssertNone(LongLines.Find(path, Document.Read(path).Text));

    [Theory]
    [MemberData(nameof(All))]
    public void Words_EveryDocument_AreOfTheField(string path) =>
        AssertNone(BannedWords.Find(path, MadeSections.Remove(path, Document.Read(path).Prose)));

    [Theory]
    [MemberData(nameof(All))]
    public void Links_EveryDocument_LeadSomewhere(string path) => AssertNone(Links.FindBroken(Document.Read(path)));

    [Fact]
    public void Exceptions_OfLongLines_AreAllNeeded() => Assert.All(LongLines.Allowed, static allowed => Assert.Contains(
        Document.Read(allowed.Path).Lines, line => line.Length > LongLines.Limit && LongLines.Covers(allowed.Path, allowed.Start, allowed.Path, line)));

    [Fact]
    public void Exceptions_OfWords_AreAllNeeded() => Assert.All(
        BannedWords.Allowed,
        static allowed => Assert.Contains(allowed.Line, File.ReadAllText(Path.Combine(RepositoryRoot.Path, allowed.File)), StringComparison.Ordinal));

    [Fact]
    public void Lines_TooLong_AreFound()
    {
        var text = $"short\n{new string('x', LongLines.Limit)}\n{new string('x', LongLines.Limit + 1)}\n";

        Assert.Equal(["docs/page.md:3: 141 columns"], LongLines.Find("docs/page.md", text));
    }

    private static void AssertNone(IEnumerable<string> found)
    {
        List<string> all = [.. found];
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }
}
