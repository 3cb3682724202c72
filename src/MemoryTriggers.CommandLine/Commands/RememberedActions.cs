using System.CommandLine;
using System.CommandLine.Invocation;

namespace MemoryTriggers.Commands;

/// <summary>Puts a remembering action around that of each command.</summary>
internal static class RememberedActions
{
    public static void Wrap(Command command, CommandMemory memory)
    {
        command.Action = command.Action switch
        {
            // A command of two parents is met twice.
            RememberedAsynchronousAction or RememberedSynchronousAction => command.Action,
            AsynchronousCommandLineAction action => new RememberedAsynchronousAction(action, memory),
            SynchronousCommandLineAction action => new RememberedSynchronousAction(action, memory),
            var none => none,
        };
        foreach (var child in command.Subcommands) Wrap(child, memory);
    }
}
