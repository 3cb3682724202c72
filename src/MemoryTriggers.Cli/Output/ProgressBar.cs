using Spectre.Console;

namespace MemoryTriggers.Cli.Output;

/// <summary>Shows how far long work is, where somebody watches.</summary>
internal static class ProgressBar
{
    /// <param name="output">The output of the command.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="work">The work; reports how much is done.</param>
    public static async Task<T> RunAsync<T>(CommandOutput output, string title, long total, Func<IProgress<int>, Task<T>> work)
    {
        if (output.Format != OutputFormat.Table || !CommandOutput.IsTerminal) return await work(new Silent());
        return await output.Screen.Progress().AutoClear(true).StartAsync(async bars =>
        {
            var bar = bars.AddTask(title, maxValue: Math.Max(total, 1));
            return await work(new Bar(bar));
        });
    }

    // Not Progress<T>: it reports on other threads, after the bar may be gone.
    private sealed class Bar(ProgressTask bar) : IProgress<int>
    {
        public void Report(int value) => bar.Value = value;
    }

    private sealed class Silent : IProgress<int>
    {
        public void Report(int value)
        {
        }
    }
}
