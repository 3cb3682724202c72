namespace MemoryTriggers.Cli.Invocation;

/// <summary>The file that a command is to write.</summary>
internal static class OutputFile
{
    /// <summary>
    /// Asks before a file is replaced. A file that another command makes meanwhile was not asked about, and is not replaced.
    /// </summary>
    /// <returns>Whether it may be there when it is put in place.</returns>
    /// <exception cref="Conventions.CommandException">The answer is no.</exception>
    public static bool MayReplace(CommandSession session, string path)
    {
        if (!File.Exists(path)) return session.Get(Confirmation.Force);
        Confirmation.Require(session, $"Replace {path}");
        return true;
    }
}
