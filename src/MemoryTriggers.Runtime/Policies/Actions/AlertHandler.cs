using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>Raises an alert: a line in the log, at the level that its type or urgency names, and a notice to the alert channels.</summary>
internal sealed class AlertHandler(ILogger logger, TimeProvider time, Action<MemoryAlert, IReadOnlyList<string>>? raise)
    : IPolicyActionHandler
{
    private const string DefaultType = "info";

    public string Type => PolicyActionTypes.TriggerAlert;

    public ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
    {
        var type = ActionParameters.Text(call.Parameters, "alert_type") ?? DefaultType;
        var message = (ActionParameters.Text(call.Parameters, "message") ?? $"rule {call.Rule} matched").ReplaceLineEndings(" ");
        Log.Alert(logger, Level(type, ActionParameters.Text(call.Parameters, "urgency")), type, call.Rule, message);
        raise?.Invoke(
            new MemoryAlert
            {
                Id = $"policy-{ActionId.Of(call, entry)}", Kind = AlertKind.Policy, Message = $"{type} of rule {call.Rule}: {message}",
                Value = 1, Threshold = 1, RaisedAt = time.GetUtcNow(),
            },
            ActionParameters.Texts(call.Parameters, "channels"));
        return ValueTask.FromResult<IReadOnlyList<MemoryEntry>>([]);
    }

    // A type of the author's own has no level: then it is the urgency that counts.
    private static LogLevel Level(string type, string? urgency) =>
        ActionParameters.LogLevels.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? PolicyLogLine.Level(type)
            : urgency?.ToLowerInvariant() switch
            {
                "critical" => LogLevel.Critical,
                "high" => LogLevel.Warning,
                _ => LogLevel.Information,
            };
}
