using System.Globalization;

namespace MemoryTriggers.Retention;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 2 * * 0", "2026-11-21T12:00Z", "2026-11-22T01:59Z", false)]
    [InlineData("0 2 * * 0", "2026-11-21T12:00Z", "2026-11-22T02:00Z", true)]
    [InlineData("0 2 * * 7", "2026-11-22T02:00Z", "2026-11-29T01:59Z", false)]
    [InlineData("*/15 * * * *", "2026-11-22T02:01Z", "2026-11-22T02:14Z", false)]
    [InlineData("*/15 * * * *", "2026-11-22T02:01Z", "2026-11-22T02:15Z", true)]
    [InlineData("30 1-3 1 1,7 *", "2026-01-02T00:00Z", "2026-07-01T01:29Z", false)]
    [InlineData("30 1-3 1 1,7 *", "2026-01-02T00:00Z", "2026-07-01T01:30Z", true)]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00Z", "2027-12-31T00:00Z", false)]
    [InlineData("0 0 29 2 *", "0001-01-01T00:00Z", "2027-12-31T00:00Z", true)]
    [InlineData("0 0 30 2 *", "0001-01-01T00:00Z", "2027-12-31T00:00Z", false)]
    public void HasTimeBetween_OfNumbers_FindsItsTimes(string schedule, string after, string until, bool expected) => AssertTime(schedule, after, until, expected);

    // A step after a number goes on to the end of the field.
    [Theory]
    [InlineData("5/15 * * * *", "2026-11-22T02:05Z", "2026-11-22T02:19Z", false)]
    [InlineData("5/15 * * * *", "2026-11-22T02:05Z", "2026-11-22T02:20Z", true)]
    [InlineData("5/15 * * * *", "2026-11-22T02:49Z", "2026-11-22T02:50Z", true)]
    public void HasTimeBetween_OfAStepAfterANumber_GoesOnToTheEndOfTheField(string schedule, string after, string until, bool expected) =>
        AssertTime(schedule, after, until, expected);

    // 2026-11-23 is a Monday.
    [Theory]
    [InlineData("0 2 * * MON", "2026-11-22T03:00Z", "2026-11-23T01:59Z", false)]
    [InlineData("0 2 * * MON", "2026-11-22T03:00Z", "2026-11-23T02:00Z", true)]
    [InlineData("0 0 1 jan *", "2026-11-22T00:00Z", "2027-01-01T00:00Z", true)]
    [InlineData("@daily", "2026-11-22T00:00Z", "2026-11-22T23:59Z", false)]
    [InlineData("@daily", "2026-11-22T23:59Z", "2026-11-23T00:00Z", true)]
    [InlineData("@weekly", "2026-11-22T00:00Z", "2026-11-28T23:59Z", false)]
    [InlineData("0 22-1 * * *", "2026-11-22T00:30Z", "2026-11-22T01:00Z", true)]
    public void HasTimeBetween_OfNames_FindsItsTimes(string schedule, string after, string until, bool expected) => AssertTime(schedule, after, until, expected);

    // 2026-11-06 is a Friday; the 13th of November 2026 is one too, that of October a Tuesday.
    [Theory]
    [InlineData("0 0 13 * 5", "2026-11-01T00:00Z", "2026-11-06T00:00Z", true)]
    [InlineData("0 0 13 * 5", "2026-10-12T00:00Z", "2026-10-13T00:00Z", true)]
    [InlineData("0 0 13 * 5", "2026-10-13T00:00Z", "2026-10-15T23:59Z", false)]
    [InlineData("0\t0  13 * FRI", "2026-11-01T00:00Z", "2026-11-06T00:00Z", true)]
    [InlineData("0 0 */2 * 1", "2026-11-22T03:00Z", "2026-11-24T03:00Z", true)]
    [InlineData("0 0 */2 * 1", "2026-11-24T03:00Z", "2026-11-29T03:00Z", false)]
    public void HasTimeBetween_OfBothKindsOfDay_TakesEither_UnlessOneIsAStar(string schedule, string after, string until, bool expected) =>
        AssertTime(schedule, after, until, expected);

    // In Berlin the clock skips 02:30 on 2026-03-29 and has it twice on 2026-10-25; in UTC it does neither.
    [Theory]
    [InlineData("30 2 * * *", "2026-03-29T00:00+01:00", "2026-03-29T04:29+02:00", false)]
    [InlineData("30 2 * * *", "2026-03-29T00:00+01:00", "2026-03-29T04:30+02:00", true)]
    [InlineData("30 2 * * *", "2026-10-25T02:30+02:00", "2026-10-25T03:29+01:00", false)]
    [InlineData("30 2 * * *", "2026-10-25T02:30+02:00", "2026-10-25T03:30+01:00", true)]
    public void HasTimeBetween_OfTimesWithAnOffset_IsInUtc(string schedule, string after, string until, bool expected) => AssertTime(schedule, after, until, expected);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("1/2/3 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("0 0 13 * 5,8")]
    [InlineData("H * * * *")]
    [InlineData("@fortnightly")]
    public void Parse_OfNoSchedule_SaysWhichAndWhy(string schedule)
    {
        var problem = CronSchedule.Problem(schedule);

        Assert.StartsWith("must be a cron expression", problem, StringComparison.Ordinal);
        Assert.Contains($"'{schedule}'", Assert.Throws<FormatException>(() => CronSchedule.Parse(schedule)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60 * * * *", "Minutes: Value must be a number between 0 and 59 (all inclusive)")]
    [InlineData("* * * 13 *", "Months: Value must be a number between 1 and 12 (all inclusive)")]
    public void Problem_OfAWrongField_NamesTheFieldAndItsBounds(string schedule, string expected) =>
        Assert.Equal($"must be a cron expression: {expected}", CronSchedule.Problem(schedule));

    private static void AssertTime(string schedule, string after, string until, bool expected) =>
        Assert.Equal(expected, CronSchedule.Parse(schedule).HasTimeBetween(Time(after), Time(until)));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
