using MemoryTriggers.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Operations;

/// <summary>Where alerts go, as the options say at the moment. Thread-safe.</summary>
internal sealed class AlertChannels
{
    private readonly AlertOptions _options;
    private readonly WebhookClient _webhooks;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private volatile IAlertChannel[]? _current;

    /// <exception cref="OptionsValidationException">The host of the webhook may not be reached: no alert would arrive.</exception>
    public AlertChannels(AlertOptions options, WebhookClient webhooks, ILoggerFactory loggers, ILogger logger)
    {
        (_options, _webhooks, _loggers, _logger) = (options, webhooks, loggers, logger);
        if (options.Webhook is { } address && webhooks.Problem(address) is { } problem)
        {
            throw new OptionsValidationException(
                nameof(AlertOptions), typeof(AlertOptions),
                [$"Alerts.Webhook: {problem}; add it to Policies.{nameof(PoliciesOptions.WebhookHosts)}."]);
        }
    }

    public IReadOnlyList<IAlertChannel> Current => _current ??= [.. Make()];

    /// <summary>The options may say something else.</summary>
    public void Change() => _current = null;

    private IEnumerable<IAlertChannel> Make()
    {
        if (_options.Log) yield return new LogAlertChannel(_logger);
        foreach (var name in _options.Loggers) yield return new LoggerAlertChannel(name, _loggers);
        if (_options.Webhook is { } address) yield return new WebhookAlertChannel(address, _webhooks);
        foreach (var channel in _options.Channels) yield return channel;
    }
}
