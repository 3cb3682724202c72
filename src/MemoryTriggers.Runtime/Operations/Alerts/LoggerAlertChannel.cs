using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>Writes alerts to a logger of that name, for the program's logging to send on.</summary>
internal sealed class LoggerAlertChannel(string name, ILoggerFactory loggers) : IAlertChannel
{
    private readonly LogAlertChannel _log = new(loggers.CreateLogger($"MemoryTriggers.Alerts.{name}"));

    public string Name => name;

    public ValueTask SendAsync(MemoryAlert alert, CancellationToken cancellationToken) => _log.SendAsync(alert, cancellationToken);
}
