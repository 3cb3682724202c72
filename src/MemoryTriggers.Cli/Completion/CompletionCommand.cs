using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Completion;

/// <summary><c>completion</c></summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new Argument<string>("shell")
    {
        Description = "The shell.",
    }.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");

    public static Command Create() =>
        new Command("completion", "Prints a script that lets a shell complete the commands: eval \"$(memory-triggers completion bash)\".")
        {
            Shell,
        }.Runs(RunAsync);

    [CliMemoryTrigger("completion")]
    private static Task<int> RunAsync(CommandSession session)
    {
        session.Output.WriteText(CompletionScripts.Of(session.Get(Shell)));
        return Task.FromResult(ExitCodes.Fine);
    }
}
