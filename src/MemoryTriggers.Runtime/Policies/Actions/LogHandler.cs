using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>Writes a log line about the result of an action before. Other lines are written when the rule matches.</summary>
internal sealed class LogHandler(ILogger logger) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.LogEvent;

    public ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
    {
        PolicyLogLine.Write(logger, call.Rule, call.Parameters);
        return ValueTask.FromResult<IReadOnlyList<MemoryEntry>>([]);
    }
}
