using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.Conventions;

/// <summary>The options of every command.</summary>
internal static class GlobalOptions
{
    private static readonly string[] Formats = ["table", "json", "yaml"];

    public static readonly Option<string?> Data = new("--data", "-d")
    {
        Description = "The data folder of the program, or its store (memory.db, memory.json, memory.litedb). Without it: the environment " +
            "variable MEMORY_TRIGGERS_DATA, or the only folder with a store in the usual place.",
        HelpName = "folder",
        Recursive = true,
    };

    public static readonly Option<string?> Store = new("--store")
    {
        Description = "The store on a server, by where its secrets are: postgres[:VARIABLE[/schema]], mem0[:VARIABLE][@address], " +
            "mem0-self-hosted[:VARIABLE]@address, where VARIABLE is the environment variable with the connection string or key " +
            "(MEMORY_TRIGGERS_POSTGRES, MEM0_API_KEY); or the configuration file of the program.",
        HelpName = "store",
        Recursive = true,
    };

    public static readonly Option<string?> Project = new("--project", "-p")
    {
        Description = "The project to look at, and that of new memories. Without it: the environment variable " +
            "MEMORY_TRIGGERS_PROJECT, or all projects.",
        HelpName = "name",
        Recursive = true,
    };

    public static readonly Option<bool> AllProjects = new("--all-projects")
    {
        Description = "All projects, also when the environment variable MEMORY_TRIGGERS_PROJECT names one.",
        Recursive = true,
        Validators = { NotBeside(Project) },
    };

    public static readonly Option<string?> User = new("--user")
    {
        Description = "The user whose memories are looked at, beside those of no user, and that of new memories. Without it: the " +
            "environment variable MEMORY_TRIGGERS_USER, or all users.",
        HelpName = "id",
        Recursive = true,
    };

    public static readonly Option<bool> AllUsers = new("--all-users")
    {
        Description = "All users, also when the environment variable MEMORY_TRIGGERS_USER names one.",
        Recursive = true,
        Validators = { NotBeside(User) },
    };

    public static readonly Option<string> Format = OneOf<string>(new("--format", "-f")
    {
        Description = "How to print: table for people, json or yaml for programs.",
        DefaultValueFactory = static _ => "table",
        Recursive = true,
    }, Formats);

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "Prints without colors, as when the environment variable NO_COLOR is set or the output is no terminal.",
        Recursive = true,
    };

    public static readonly Option<double> Timeout = new("--timeout")
    {
        Description = "How many seconds to wait for a program that writes the same store, 0.1 to 600.",
        HelpName = "seconds",
        DefaultValueFactory = static _ => 5,
        Recursive = true,
        Validators = { InRange },
    };

    public static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "The file with the keys of encrypted values. Without it: the environment variable MEMORY_TRIGGERS_KEY_FILE; " +
            "without both, encrypted values are shown as they are in the store.",
        HelpName = "file",
        Recursive = true,
    };

    public static readonly Option<bool> NoMemory = new("--no-memory")
    {
        Description = "Does not remember this command. By default the tool remembers what it does in a data folder of its own; the " +
            "environment variable MEMORY_TRIGGERS_CLI_MEMORY=off switches that off for good.",
        Recursive = true,
    };

    public static IEnumerable<Option> All =>
        [Data, Store, Project, AllProjects, User, AllUsers, Format, NoColor, Timeout, KeyFile, NoMemory];

    public static OutputFormat FormatOf(ParseResult arguments) => arguments.GetValue(Format) switch
    {
        "json" => OutputFormat.Json,
        "yaml" => OutputFormat.Yaml,
        _ => OutputFormat.Table,
    };

    /// <summary>An option that takes one of a few names.</summary>
    public static Option<T> OneOf<T>(Option<T> option, params string[] names)
    {
        option.AcceptOnlyFromAmong(names);
        option.HelpName = string.Join('|', names);
        return option;
    }

    private static Action<OptionResult> NotBeside(Option other) => result =>
    {
        if (result is { Implicit: false } && result.GetResult(other) is { Implicit: false })
            result.AddError($"Give {other.Name} or {result.Option.Name}, not both.");
    };

    private static void InRange(OptionResult result)
    {
        if (result.Tokens is [var token]
            && (!double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                || seconds is not (>= 0.1 and <= 600)))
            result.AddError("--timeout is a number of seconds between 0.1 and 600.");
    }
}
