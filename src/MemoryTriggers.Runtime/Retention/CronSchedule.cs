using Cronos;

namespace MemoryTriggers.Retention;

/// <summary>Times by a cron expression of five fields or a macro such as <c>@daily</c>, in UTC. Thread-safe.</summary>
internal sealed class CronSchedule
{
    private const string Preamble = "The given cron expression has an invalid format. ";

    private static readonly char[] Blanks = [' ', '\t'];

    private readonly CronExpression[] _alternatives;

    private CronSchedule(CronExpression[] alternatives) => _alternatives = alternatives;

    /// <exception cref="FormatException">It is no cron expression; the message names it and says why.</exception>
    public static CronSchedule Parse(string text)
    {
        try
        {
            return new CronSchedule([.. Alternatives(text).Select(static expression => CronExpression.Parse(expression))]);
        }
        catch (Exception exception) when (exception is CronFormatException or MissingSeedException)
        {
            throw new FormatException($"The schedule '{text}' {Problem(exception)}.", exception);
        }
    }

    /// <returns>What is wrong with it; <see langword="null"/> when nothing is.</returns>
    public static string? Problem(string text)
    {
        try
        {
            Parse(text);
            return null;
        }
        catch (FormatException exception)
        {
            return Problem(exception.InnerException!);
        }
    }

    /// <summary>Whether one of its times is after the first time, up to and including the second.</summary>
    public bool HasTimeBetween(DateTimeOffset after, DateTimeOffset until) =>
        Array.Exists(_alternatives, alternative => alternative.GetPreviousOccurrence(until, TimeZoneInfo.Utc, inclusive: true) > after);

    // Where both kinds of day are restricted, cron takes either, but Cronos only days that are both.
    private static string[] Alternatives(string text) =>
        text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is [var minute, var hour, var day, var month, var weekday]
            && IsRestricted(day) && IsRestricted(weekday)
            ? [$"{minute} {hour} {day} {month} *", $"{minute} {hour} * {month} {weekday}"]
            : [text];

    private static bool IsRestricted(string field) => field[0] is not '*' and not '?';

    private static string Problem(Exception exception) =>
        $"must be a cron expression: {exception.Message.Replace(Preamble, "", StringComparison.Ordinal).TrimEnd('.')}";
}
