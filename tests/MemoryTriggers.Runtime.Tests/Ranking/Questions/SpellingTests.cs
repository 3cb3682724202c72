using MemoryTriggers.Ranking;

namespace MemoryTriggers.Runtime.Tests.Recall;

public sealed class SpellingTests
{
    private static readonly string[] Words = ["certificate", "certain", "release", "gateway", "table", "cable", "v2release"];

    [Theory]
    [InlineData("certifcate", "certif")]
    [InlineData("relaese", "releas")]
    [InlineData("gatway", "gatewai")]
    [InlineData("tabel", "tabl")]
    [InlineData("unicorn", "")]
    public void Readings_MisspelledWord_AreTheNearest(string word, string readings)
    {
        var term = Question.Read(word)[0];

        Assert.True(Spelling.CanBeWrong(term));
        Assert.Equal(readings, string.Join(',', Spelling.Readings(term, Words).Select(reading => reading.Display)));
    }

    [Theory]
    [InlineData("a1b2c3")]
    [InlineData("the")]
    [InlineData("\"connection refused\"")]
    [InlineData("推送失败")]
    public void CanBeWrong_NumberShortWordPhraseOrOtherScript_No(string text) => Assert.False(Spelling.CanBeWrong(Question.Read(text)[0]));
}
