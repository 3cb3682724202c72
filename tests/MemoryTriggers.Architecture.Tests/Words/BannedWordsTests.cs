namespace MemoryTriggers.Architecture.Words;

public sealed class BannedWordsTests
{
    [Theory]
    [InlineData("Nobody waits.", 1)]
    [InlineData("first\nsecond /// in the\n    /// place of it", 2)]
    [InlineData("The two talk.", 1)]
    public void Find_BannedWord_NamesLine(string text, int line)
    {
        var found = Assert.Single(BannedWords.Find("docs/page.md", text));

        Assert.StartsWith($"docs/page.md:{line}: ", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A stalking horse, an anewer.")]
    [InlineData("The member `Talks`.")]
    public void Find_PartOfOtherWordOrCode_FindsNothing(string text) => Assert.Empty(BannedWords.Find("docs/page.md", text));

    [Fact]
    public void Covers_OtherFilePhraseOrLine_IsFalse()
    {
        AllowedWord allowed = new("docs/page.md", "talk", "a talk at", "A lecture.");

        Assert.True(allowed.Covers("docs/page.md", "talk", "It was a talk at noon."));
        Assert.False(allowed.Covers("docs/other.md", "talk", "It was a talk at noon."));
        Assert.False(allowed.Covers("docs/page.md", "talks", "It was a talk at noon."));
        Assert.False(allowed.Covers("docs/page.md", "talk", "They talk."));
    }

    [Fact]
    public void Allowed_EveryException_HasReason() => Assert.All(BannedWords.Allowed, static allowed => Assert.NotEmpty(allowed.Reason));
}
