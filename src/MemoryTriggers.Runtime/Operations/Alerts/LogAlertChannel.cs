using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>Writes alerts to the log.</summary>
internal sealed class LogAlertChannel(ILogger logger) : IAlertChannel
{
    public string Name => "log";

    public ValueTask SendAsync(MemoryAlert alert, CancellationToken cancellationToken)
    {
        if (alert.ResolvedAt is { } resolved) Log.AlertResolved(logger, AlertNames.Of(alert.Kind), resolved - alert.RaisedAt, alert.Id);
        else Log.AlertRaised(logger, AlertNames.Of(alert.Kind), alert.Message, alert.Id);
        return default;
    }
}
