using System.CommandLine.Parsing;
using System.Globalization;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Watching;

/// <summary>The pause between two looks.</summary>
internal static class WatchInterval
{
    /// <returns><see langword="false"/> when Ctrl-C ended the watching: that is how watching ends.</returns>
    public static async Task<bool> WaitAsync(CommandSession session, double seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), session.Time, session.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !session.Token.IsCancellationRequested;
    }

    public static void Check(OptionResult result)
    {
        if (result.Tokens is [var token]
            && (!double.TryParse(token.Value, CultureInfo.InvariantCulture, out var seconds) || seconds is not (>= 0.1 and <= 3600)))
            result.AddError("--interval is a number of seconds between 0.1 and 3600.");
    }
}
