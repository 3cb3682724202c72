using MemoryTriggers.Ranking;

namespace MemoryTriggers.Recall;

public sealed class TextTokenizerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("one")]
    [InlineData("Push to ISS-0124 FAILED: remote_rejected (x2)!")]
    [InlineData("\0a\u007fb\tC")]
    public void Split_PlainText_IsThatOfTheSameTextWithALetterThatIsNot(string text)
    {
        var mixed = TextTokenizer.Split(text + " é");

        Assert.Equal([.. TextTokenizer.Split(text), "e"], mixed);
    }

    [Fact]
    public void Split_PlainText_IsItsWordsInLowerCase() =>
        Assert.Equal(["push", "to", "iss", "0124", "failed"], TextTokenizer.Split("Push to ISS-0124 FAILED!"));
}
