using System.CommandLine;

namespace MemoryTriggers.Cli.Policies;

/// <summary><c>policy</c></summary>
internal static class PolicyCommand
{
    public static Command Create() => new("policy", "Lists, changes and tests the policies of a program.")
    {
        ListCommand.Create(), AddCommand.Create(), RemoveCommand.Create(), TestCommand.Create(), ExplainCommand.Create(),
        ReplayCommand.Create(),
    };
}
