using System.Globalization;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.Memories;

/// <summary>Says how much of a list a command shows, when that is not all.</summary>
internal static class Shown
{
    private const string Hint = "--limit and --offset show others.";

    public static void Remark(int shown, long all, string what)
    {
        if (shown < all) CommandOutput.Remark(string.Create(CultureInfo.InvariantCulture, $"{shown} of {all} {what}; {Hint}"));
    }

    /// <summary>Where only the best ones are looked for.</summary>
    public static void RemarkBest(int shown) =>
        CommandOutput.Remark(string.Create(CultureInfo.InvariantCulture, $"The best {shown}; there may be more. {Hint}"));

    /// <summary>Where counting them would take as long as listing them.</summary>
    public static void RemarkMore(int shown, string what) =>
        CommandOutput.Remark(string.Create(CultureInfo.InvariantCulture, $"{shown} {what}, and there are more; {Hint}"));
}
