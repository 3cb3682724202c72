namespace MemoryTriggers.Architecture.Words;

public sealed class SourceTextTests
{
    private const int MaxColumns = 140;

    [Fact]
    public void Source_CommentsAndTexts_HaveNoBannedWord()
    {
        var found = SourceFiles.All.SelectMany(static file => BannedWords.Find(file.Path, SourceText.Prose(file.Text)));

        AssertNone(found);
    }

    [Fact]
    public void Source_Lines_HaveAtMost140Columns()
    {
        var found = SourceFiles.All.SelectMany(static file =>
            file.Text.Split('\n').Select(static (line, index) => (Line: line.TrimEnd('\r'), Number: index + 1))
                .Where(line => line.Line.Length > MaxColumns && !SourceFiles.IsAllowedWide(file.Path, line.Line))
                .Select(line => $"{file.Path}:{line.Number}: {line.Line.Length} columns"));

        AssertNone(found);
    }

    [Fact]
    public void Prose_CommentsAndTexts_AreTakenOnTheirLines()
    {
        const string source = "// nobody\nvar whoever = \"anew\";\n/// <summary>The\n/// books</summary>\nvar s = $\"a {b} talk\";";

        var found = BannedWords.Find("src/A.cs", SourceText.Prose(source));

        Assert.Equal(["1: \"nobody\"", "2: \"anew\"", "3: \"the books\"", "5: \"talk\""],
            found.Select(static line => line.Split(": write")[0]["src/A.cs:".Length..]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("var whoever = Nobody(talks);")]
    [InlineData("f(\"is\", \"told\");")]
    public void Prose_Code_IsLeftOut(string source) => Assert.Empty(BannedWords.Find("src/A.cs", SourceText.Prose(source)));

    private static void AssertNone(IEnumerable<string> found)
    {
        var lines = found.ToArray();
        Assert.True(lines.Length == 0, $"{lines.Length} lines:{Environment.NewLine}{string.Join(Environment.NewLine, lines.Take(200))}");
    }
}
