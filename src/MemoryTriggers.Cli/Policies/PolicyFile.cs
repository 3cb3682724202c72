using System.CommandLine;
using System.Text;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
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
    public static PolicyDocument Parse(string text, string path)
    {
        var document = PolicyYaml.Parse(text);
        return document.Problems.Count == 0
            ? document
            : throw new CommandException(string.Join('\n', document.Problems.Select(problem => $"{path}{problem}")));
    }

    /// <summary>Writes a file whole or not at all.</summary>
    public static void WriteText(string path, string text)
    {
        var disk = SystemDisk.Instance;
        var temporary = path + ".tmp";
        using (var file = disk.Open(temporary, FileMode.Create))
        {
            file.Write(Encoding.UTF8.GetBytes(text), 0);
            file.SyncData();
        }

        disk.Move(temporary, path);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
    }
}
