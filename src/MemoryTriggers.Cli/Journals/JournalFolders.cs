using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Journals;

/// <summary>Which journals a command is about.</summary>
internal static class JournalFolders
{
    public static readonly Argument<string?> Journal = new("journal")
    {
        Description = "The number of a journal in the data folder, or the folder of one. Without it, all of the data folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <exception cref="CommandException">There is no such journal.</exception>
    public static IReadOnlyList<string> Of(CommandSession session)
    {
        if (session.Get(Journal) is not { } given) return session.Folder.Journals;
        if (Directory.Exists(given) && !int.TryParse(given, out _)) return [Path.GetFullPath(given)];
        var numbered = Path.Combine(session.Folder.Path, "journal", given);
        return Directory.Exists(numbered)
            ? [numbered]
            : throw new CommandException($"There is no journal {given} in {session.Folder.Path}.");
    }
}
