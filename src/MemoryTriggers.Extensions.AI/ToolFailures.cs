using MemoryTriggers.Capture;
using Microsoft.Extensions.AI;

namespace MemoryTriggers;

/// <summary>Tells of tools that failed, as the messages of a function-invoking client show it; of each exception once.</summary>
internal sealed class ToolFailures(MemoryHooks hooks)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public void See(IEnumerable<AIContent> contents)
    {
        foreach (var content in contents)
        {
            if (content is FunctionCallContent call) _names[call.CallId] = call.Name;
            else if (content is FunctionResultContent { Exception: { } exception } result)
                Tell(hooks, _names.GetValueOrDefault(result.CallId, "unknown tool"), exception, default, []);
        }
    }

    public static void Tell(MemoryHooks hooks, string tool, Exception exception, TimeSpan duration, Dictionary<string, object?> metadata)
    {
        if (!RememberedExceptions.TryAdd(exception)) return;
        hooks.Publish(new HookEvent
        {
            Type = HookType.AgentOperationError,
            Subject = "tool",
            Operation = tool,
            Source = "tool",
            Duration = duration,
            Exception = exception,
            Priority = TriggerPriority.High,
            Metadata = metadata,
        });
    }
}
