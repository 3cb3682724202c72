using System.CommandLine;
using System.CommandLine.Invocation;

namespace MemoryTriggers.Commands;

/// <summary>The action of a command, remembered.</summary>
internal sealed class RememberedSynchronousAction(SynchronousCommandLineAction action, CommandMemory memory) : SynchronousCommandLineAction
{
    public override bool Terminating => action.Terminating;

    public override int Invoke(ParseResult parseResult) => memory.Run(parseResult, action.Invoke);
}
