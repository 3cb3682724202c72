using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Runtime.Tests.Ranking.Conversations;

public sealed class DateWordsTests
{
    [Theory]
    [InlineData("january", 1)]
    [InlineData("may", 5)]
    [InlineData("december", 12)]
    [InlineData("monday", 0)]
    [InlineData("", 0)]
    public void Month_Word_IsItsNumber(string word, int month) => Assert.Equal(month, DateWords.Month(word));

    [Theory]
    [InlineData("1999", 1999)]
    [InlineData("2025", 2025)]
    [InlineData("1899", null)]
    [InlineData("2100", null)]
    [InlineData("20a5", null)]
    [InlineData("-200", null)]
    public void Year_Word_IsOneOfTheseCenturies(string word, int? year) => Assert.Equal(year, DateWords.Year(word));

    [Theory]
    [InlineData("May", true)]
    [InlineData("sept", true)]
    [InlineData("Thursday", true)]
    [InlineData("13:56", true)]
    [InlineData("PM", true)]
    [InlineData("Ann", false)]
    public void Contain_Word_TellsWhetherItMayBeOfADate(string word, bool may) => Assert.Equal(may, DateWords.Contain(word));
}
