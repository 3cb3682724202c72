using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli;

/// <summary>From the words that were typed to an exit code.</summary>
internal static class CommandLineTool
{
    // Long enough to finish a transaction; a second Ctrl-C ends the wait.
    private static readonly TimeSpan EndAfterSignal = TimeSpan.FromSeconds(10);

    public static Task<int> RunAsync(string[] args)
    {
        var parsed = CommandTree.Create().Parse(args);
        return parsed.Errors.Count > 0 && parsed.Action is System.CommandLine.Invocation.ParseErrorAction
            ? Task.FromResult(WrongUsage(parsed))
            : parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = EndAfterSignal });
    }

    private static int WrongUsage(ParseResult parsed)
    {
        foreach (var message in parsed.Errors.Select(static error => error.Message).Distinct()) CommandOutput.Remark(message);
        CommandOutput.Remark($"Try '{CommandTree.PathOf(parsed.CommandResult.Command)} --help'.");
        return ExitCodes.WrongUsage;
    }
}
