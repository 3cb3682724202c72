using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Configuration;
using MemoryTriggers.Files;

namespace MemoryTriggers.Cli.Policies;

/// <summary>The file with the policies of a program.</summary>
internal static class PolicyFile
{
    public static readonly Option<string?> Option = new("--policies")
    {
        Description = "The file with the policies of the program. Without it, policies.yaml in the data folder.",
        HelpName = "file",
    };

    public static string PathOf(CommandSession session) => Path.GetFullPath(session.Get(Option) ?? session.Folder.Policies);

    /// <exception cref="CommandException">It cannot be read, or something is wrong with what is in it.</exception>
    public static (string Text, PolicyDocument Document) Read(string path)
    {
        if (!File.Exists(path)) throw new CommandException($"There is no policy file {path}. Name it with --policies.");
        if (new FileInfo(path).Length > PolicyYaml.MaxBytes)
            throw new CommandException($"{path} has more than {PolicyYaml.MaxBytes} bytes.");
        var text = File.ReadAllText(path);
        return (text, Parse(text, path));
    }

    /// <exception cref="CommandException">Something is wrong with it; all of it is in the message.</exception>
    public static PolicyDocument Parse(string text, string path, PolicySetOptions? options = null)
    {
        var document = PolicyYaml.Parse(text, options);
        return document.Problems.Count == 0
            ? document
            : throw new CommandException(string.Join('\n', document.Problems.Select(problem => $"{path}{problem}")));
    }

    /// <summary>
    /// Reads, changes and replaces the file while no other process does. The file is replaced in one step: readers see the old one or the
    /// new one.
    /// </summary>
    /// <param name="session">The command; its time limit is that of waiting for others.</param>
    /// <param name="path">The file; it need not be there.</param>
    /// <param name="change">From the text of the file, empty for none, to the new one.</param>
    /// <exception cref="CommandException">The file is wrong, or the change is.</exception>
    /// <exception cref="MemoryBackendException">Another process is writing it for too long.</exception>
    public static async Task ChangeAsync(CommandSession session, string path, Func<string, string> change)
    {
        using var held = await LockAsync(session, path);
        SettingFile.Replace(path, change(File.Exists(path) ? Read(path).Text : ""));
    }

    /// <summary>Keeps other commands from writing a file.</summary>
    /// <exception cref="MemoryBackendException">Another process is writing it for too long.</exception>
    public static async Task<IDisposable> LockAsync(CommandSession session, string path) =>
        await new FileLock(Path.GetFileName(path), path + ".lock", session.Timeout).AcquireAsync(session.Token);
}
