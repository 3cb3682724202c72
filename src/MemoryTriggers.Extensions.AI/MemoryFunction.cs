using Microsoft.Extensions.AI;

namespace MemoryTriggers;

/// <summary>
/// Remembers when a function that a model calls fails, and, if asked to, when it succeeds. Result and exception pass as they were.
/// </summary>
internal sealed class MemoryFunction(AIFunction inner, MemoryHooks hooks, ChatHookOptions options) : DelegatingAIFunction(inner)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var started = hooks.Time.GetTimestamp();
        object? result;
        try
        {
            result = await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Failed(arguments, exception, started))
        {
            throw;
        }

        if (options.IncludeToolSuccesses) Succeeded(arguments, result, started);
        return result;
    }

    private void Succeeded(AIFunctionArguments arguments, object? result, long started)
    {
        try
        {
            if (!hooks.IsOn(HookType.AgentOperationComplete, isError: false)) return;
            hooks.Publish(new HookEvent
            {
                Type = HookType.AgentOperationComplete,
                Subject = "tool",
                Operation = Name,
                Source = "tool",
                Duration = hooks.Time.GetElapsedTime(started),
                Detail = options.IncludeContent ? result : null,
                Metadata = Metadata(arguments, result),
            });
        }
        catch (Exception)
        {
            // Capture entry point, between a tool and its model.
            hooks.CountFault();
        }
    }

    private bool Failed(AIFunctionArguments arguments, Exception exception, long started)
    {
        try
        {
            if (hooks.IsOn(HookType.AgentOperationError, isError: true))
                ToolFailures.Tell(hooks, Name, exception, hooks.Time.GetElapsedTime(started), Metadata(arguments));
        }
        catch (Exception)
        {
            // Capture entry point, in the middle of the tool's own throw.
            hooks.CountFault();
        }

        return false;
    }

    private Dictionary<string, object?> Metadata(AIFunctionArguments arguments, object? result = null)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["arguments"] = arguments.Count,
            ["arguments_characters"] = arguments.Values.Sum(ChatSize.Characters),
        };
        if (result is not null) metadata["result_characters"] = ChatSize.Characters(result);
        if (!options.IncludeContent) return metadata;
        foreach (var (name, value) in arguments) metadata[$"argument.{name}"] = value;
        return metadata;
    }
}
