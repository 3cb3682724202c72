using System.CommandLine;
using MemoryTriggers.Cli.Conventions;

namespace MemoryTriggers.Cli.Invocation;

/// <summary>Asks before something is destroyed.</summary>
internal static class Confirmation
{
    public static readonly Option<bool> Force = new("--force", "-y") { Description = "Does not ask first." };

    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Shows what would be done, and changes nothing." };

    /// <exception cref="CommandException">The answer is no, or there is no terminal to ask on.</exception>
    public static void Require(CommandSession session, string what)
    {
        if (session.Get(Force)) return;
        if (Console.IsInputRedirected)
            throw new CommandException($"{what} needs --force when there is no terminal to ask on.", ExitCodes.WrongUsage);
        Console.Error.Write($"{what}? [y/N] ");
        if (StandardInput.ReadLine(session.Token)?.Trim().ToLowerInvariant() is not ("y" or "yes"))
            throw new CommandException("Nothing was changed.");
    }
}
