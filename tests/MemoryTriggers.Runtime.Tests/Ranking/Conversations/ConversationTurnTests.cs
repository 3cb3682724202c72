using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Runtime.Tests.Ranking.Conversations;

public sealed class ConversationTurnTests
{
    [Theory]
    [InlineData("Ann: hello", "ann")]
    [InlineData("[8 May 2025] Ann: hello", "ann")]
    [InlineData("(1:56 pm on 8 May, 2025) Ann Lee: hello", "ann lee")]
    [InlineData("[2025/05/20 (Sat) 02:21] user: hello", "user")]
    [InlineData("2025-05-08 13:56 Ann: hello", "ann")]
    [InlineData("8 May, 2025 - Ann Lee: hello", "ann lee")]
    [InlineData("Thursday, May 8th 2025 | user: hello", "user")]
    [InlineData("Ann (8 May 2025): hello", "ann")]
    [InlineData("May: hello", "mai")]
    public void Read_Line_NamesTheSpeaker(string content, string speaker) =>
        Assert.Equal(speaker, string.Join(' ', ConversationTurn.Read(content)!.Speaker));

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("Ann:")]
    [InlineData("[8 May 2025]")]
    [InlineData("a sentence, and then: something")]
    [InlineData("12:30 was the time")]
    [InlineData("https://example.org is down")]
    [InlineData("Step 3 failed: no room")]
    [InlineData("2025-05-08 13:56: no room")]
    [InlineData("this is much longer than the name of anybody could be: no")]
    public void Read_AnythingElse_IsNoTurn(string content) => Assert.Null(ConversationTurn.Read(content));

    [Theory]
    [InlineData("Ann: I met him last Friday", true)]
    [InlineData("Ann: it was in 2019", true)]
    [InlineData("Ann: two weeks ago", true)]
    [InlineData("Ann: on the 5th", true)]
    [InlineData("Ann: next spring", true)]
    [InlineData("[8 May 2025] Ann: he is kind", false)]
    [InlineData("Ann: I may march on", false)]
    public void TellsTime_Line_LooksAtWhatIsSaid(string content, bool tells) =>
        Assert.Equal(tells, ConversationTurn.Read(content)!.TellsTime(EverydayWords.Load()));

    [Theory]
    [InlineData("Ann: seven of them", true)]
    [InlineData("Ann: it was 14 euros", true)]
    [InlineData("[8 May 2025] Ann: many", false)]
    public void TellsNumber_Line_LooksAtWhatIsSaid(string content, bool tells) =>
        Assert.Equal(tells, ConversationTurn.Read(content)!.TellsNumber(EverydayWords.Load()));
}
