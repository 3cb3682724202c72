using System.CommandLine;
using System.Runtime.CompilerServices;
using MemoryTriggers.Commands;

namespace MemoryTriggers;

/// <summary>Remembers the commands of a program with System.CommandLine.</summary>
public static class CommandLineMemoryExtensions
{
    private static readonly ConditionalWeakTable<RootCommand, CommandMemory> Memories = [];

    /// <summary>
    /// Makes each command that runs a memory: its name, options and arguments, exit code, duration and how it ended. Call it when all
    /// commands have their actions. What the commands do, answer and throw stays as it is; help and version are not remembered. A second
    /// call changes nothing.
    /// </summary>
    /// <param name="root">The command line.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The same.</returns>
    public static RootCommand UseMemoryTriggers(this RootCommand root, Action<CommandMemoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (Memories.TryGetValue(root, out _)) return root;
        var options = new CommandMemoryOptions();
        configure?.Invoke(options);
        var memory = new CommandMemory(options);
        Memories.Add(root, memory);
        RememberedActions.Wrap(root, memory);
        return root;
    }

    /// <summary>
    /// Remembers that what was typed is no command, as a failure of the command that it comes closest to; which words were wrong is not
    /// kept. Without this, mistakes of typing are not remembered. Does nothing where there was none, and without
    /// <see cref="UseMemoryTriggers"/>.
    /// </summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="cancellationToken">Gives up starting the runtime.</param>
    public static Task RememberParseErrorsAsync(this ParseResult parsed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return parsed.Errors.Count > 0 && parsed.RootCommandResult.Command is RootCommand root && Memories.TryGetValue(root, out var memory)
            ? memory.RunAsync(parsed, static (_, _) => Task.FromResult(0), cancellationToken)
            : Task.CompletedTask;
    }
}
