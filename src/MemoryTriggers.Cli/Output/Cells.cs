using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemoryTriggers.Cli.Output;

/// <summary>The texts of table cells.</summary>
internal static class Cells
{
    public static IRenderable Text(string? text) => new Text(SafeText.Of(text));

    public static IRenderable Time(DateTimeOffset? time) => new Text(TimeText(time));

    public static string TimeText(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    public static IRenderable Number(long number) => new Text(NumberText(number)).RightJustified();

    public static string NumberText(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string BytesText(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.00} GB"),
    };

    public static string DurationText(TimeSpan duration) => duration.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.#} ms")
        : duration.TotalMinutes < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s")
            : duration.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture).TrimStart('0', '.');

    public static IRenderable Outcome(TriggerOutcome outcome) => new Text(outcome.Name(), new Style(outcome switch
    {
        TriggerOutcome.Success => Color.Green,
        TriggerOutcome.Failure => Color.Red,
        _ => Color.Yellow,
    }));

    public static IRenderable Verdict(bool isWell, string text) => new Text(SafeText.Of(text), new Style(isWell ? Color.Green : Color.Red));
}
