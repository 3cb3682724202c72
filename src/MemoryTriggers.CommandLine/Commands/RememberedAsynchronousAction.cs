using System.CommandLine;
using System.CommandLine.Invocation;

namespace MemoryTriggers.Commands;

/// <summary>The action of a command, remembered.</summary>
internal sealed class RememberedAsynchronousAction(AsynchronousCommandLineAction action, CommandMemory memory)
    : AsynchronousCommandLineAction
{
    public override bool Terminating => action.Terminating;

    public override Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default) =>
        memory.RunAsync(parseResult, action.InvokeAsync, cancellationToken);
}
