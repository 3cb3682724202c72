using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>Raises an alert: a line in the log, at the level that its type names.</summary>
internal sealed class AlertHandler(ILogger logger) : IPolicyActionHandler
{
    private const string DefaultType = "info";

    public string Type => PolicyActionTypes.TriggerAlert;

    public ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
    {
        var type = ActionParameters.Text(call.Parameters, "alert_type") ?? DefaultType;
        Log.Alert(logger, PolicyLogLine.Level(type), type, call.Rule,
            (ActionParameters.Text(call.Parameters, "message") ?? "").ReplaceLineEndings(" "));
        return ValueTask.FromResult<IReadOnlyList<MemoryEntry>>([]);
    }
}
