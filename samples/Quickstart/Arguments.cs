namespace Quickstart;

/// <summary>What stands on the command line.</summary>
internal sealed record Arguments(string Folder, string? DataDirectory, bool ShowHelp)
{
    public const string Help =
        """
        Checks a folder as if for a release, and shows what was remembered of it.

        Usage: dotnet run --project samples/Quickstart -- [folder] [--data <directory>]

          folder               the folder to check; the current one when not given
          --data <directory>   where the memories go; a folder of this program under the user's application data when not given
          -h, --help           this text
        """;

    public static bool TryParse(string[] args, out Arguments arguments, out string message)
    {
        string? folder = null, data = null;
        var help = false;
        message = "";
        for (var at = 0; at < args.Length && message.Length == 0; at++)
        {
            switch (args[at])
            {
                case "-h" or "--help": help = true; break;
                case "--data" when at + 1 < args.Length: data = args[++at]; break;
                case "--data": message = "--data needs a directory."; break;
                case ['-', ..]: message = $"Unknown option {args[at]}."; break;
                default:
                    if (folder is not null) message = "One folder at a time, please.";
                    folder = args[at];
                    break;
            }
        }

        arguments = new Arguments(Path.GetFullPath(folder ?? "."), data, help);
        if (message.Length == 0 && !help && !Directory.Exists(arguments.Folder)) message = $"There is no folder {arguments.Folder}.";
        return message.Length == 0;
    }
}
