using Spectre.Console;

namespace MemoryTriggers.Cli.Output;

/// <summary>Shows the progress of long work on a terminal.</summary>
internal static class ProgressBar
{
    /// <param name="output">The output of the command.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="work">The work; reports how much is done.</param>
    public static async Task<T> RunAsync<T>(CommandOutput output, string title, long total, Func<WorkProgress, Task<T>> work)
    {
        if (output.Format != OutputFormat.Table || !CommandOutput.IsTerminal) return await work(new WorkProgress(static _ => { }));
        return await output.Screen.Progress().AutoClear(true).StartAsync(async bars =>
        {
            var bar = bars.AddTask(title, maxValue: Math.Max(total, 1));
            return await work(new WorkProgress(done => bar.Value = done));
        });
    }
}
