using MemoryTriggers.Policies;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>Where alerts go, as the options say at the moment. Thread-safe.</summary>
internal sealed class AlertChannels(AlertOptions options, WebhookClient webhooks, ILoggerFactory loggers, ILogger logger)
{
    private volatile IAlertChannel[]? _current;

    public IReadOnlyList<IAlertChannel> Current => _current ??= [.. Make()];

    /// <summary>The options may say something else.</summary>
    public void Change() => _current = null;

    private IEnumerable<IAlertChannel> Make()
    {
        if (options.Log) yield return new LogAlertChannel(logger);
        foreach (var name in options.Loggers) yield return new LoggerAlertChannel(name, loggers);
        if (options.Webhook is { } address) yield return new WebhookAlertChannel(address, webhooks);
        foreach (var channel in options.Channels) yield return channel;
    }
}
