using System.CommandLine;
using System.Runtime.CompilerServices;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Invocation;

/// <summary>Joins a command with what it does.</summary>
internal static class CommandExtensions
{
    /// <summary>Failures are reported in the same way by all commands: one line on standard error, and an exit code.</summary>
    public static Command Runs(this Command command, Func<CommandSession, Task<int>> run)
    {
        command.SetAction(async (arguments, token) =>
        {
            await ForSignals();
            await using var memory = await ToolMemory.StartAsync(arguments, token);
            return await RunAsync(arguments, run, token);
        });
        return command;
    }

    /// <summary>The same, for a command that starts a runtime itself: there is one for a process.</summary>
    public static Command RunsWithoutMemory(this Command command, Func<CommandSession, Task<int>> run)
    {
        command.SetAction(async (arguments, token) =>
        {
            await ForSignals();
            return await RunAsync(arguments, run, token);
        });
        return command;
    }

    /// <summary>Adds options that several commands share.</summary>
    public static Command With(this Command command, params IEnumerable<Option> options)
    {
        foreach (var option in options) command.Add(option);
        return command;
    }

    // Ctrl-C is listened for when the action has returned its task. What runs before its first wait would be killed in the middle, and
    // leave what it has begun.
    private static YieldAwaitable ForSignals() => Task.Yield();

    private static async Task<int> RunAsync(ParseResult arguments, Func<CommandSession, Task<int>> run, CancellationToken token)
    {
        using var output = new CommandOutput(GlobalOptions.FormatOf(arguments), arguments.GetValue(GlobalOptions.NoColor));
        try
        {
            var session = new CommandSession(arguments, output, TimeProvider.System, token);
            using var context = MemoryContext.Begin(new() { UserId = session.User });
            return await run(session);
        }
        catch (CommandException exception)
        {
            return output.Fail(exception.Message, exception.ExitCode);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return output.Fail("interrupted", ExitCodes.Interrupted);
        }
        catch (IOException exception) when (BrokenPipe.Is(exception))
        {
            // The reader closed the pipe, as 'head' does.
            return ExitCodes.Fine;
        }
        catch (Exception exception)
            when (exception is MemoryBackendException or PolicyException or IOException or UnauthorizedAccessException)
        {
            return output.Fail(exception.Message, ExitCodes.Failed);
        }
    }
}
