using System.CommandLine;
using MemoryTriggers.Cli.Backups;
using MemoryTriggers.Cli.Completion;
using MemoryTriggers.Cli.Configurations;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.DeadLetters;
using MemoryTriggers.Cli.Errors;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Journals;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Policies;
using MemoryTriggers.Cli.Reports;
using MemoryTriggers.Cli.Watching;

namespace MemoryTriggers.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public const string Name = "memory-triggers";

    public static RootCommand Create()
    {
        var root = new RootCommand("Searches and changes what programs with MemoryTriggers remember; watches, backs up and repairs their " +
            "stores, while they are at work.")
        {
            MemoryCommand.Create(),
            ErrorsCommand.Create(),
            TailCommand.Create(),
            StatsCommand.Create(),
            StatusCommand.Create(),
            HealthCommand.Create(),
            MonitorCommand.Create(),
            DoctorCommand.Create(),
            DeadLettersCommand.Create(),
            JournalCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            RecoverCommand.Create(),
            ValidateCommand.Create(),
            GenerateCommand.Create(),
            DeployCommand.Create(),
            PolicyCommand.Create(),
            CompletionCommand.Create(),
        };
        root.With(GlobalOptions.All);
        return root;
    }

    /// <summary>How a command is called.</summary>
    public static string PathOf(Command command)
    {
        var names = new List<string>();
        for (Symbol? symbol = command; symbol is not null and not RootCommand; symbol = symbol.Parents.FirstOrDefault())
            names.Add(symbol.Name);
        names.Add(Name);
        names.Reverse();
        return string.Join(' ', names);
    }
}
