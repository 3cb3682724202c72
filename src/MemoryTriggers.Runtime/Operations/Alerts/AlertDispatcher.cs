using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace MemoryTriggers.Operations;

/// <summary>
/// Takes notices to the channels, beside everything else: a slow webhook holds up nothing. What waits here when the process ends is not
/// sent.
/// </summary>
internal sealed class AlertDispatcher
{
    private const int Capacity = 1_000;
    private const int Retries = 2;

    private readonly Channel<(MemoryAlert Alert, IReadOnlyList<string> Names)> _notices =
        Channel.CreateBounded<(MemoryAlert, IReadOnlyList<string>)>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Func<IReadOnlyList<IAlertChannel>> _channels;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _retry;

    public AlertDispatcher(Func<IReadOnlyList<IAlertChannel>> channels, AlertOptions options, TimeProvider time, ILogger logger)
    {
        (_channels, _logger) = (channels, logger);
        _retry = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static arguments =>
                    ValueTask.FromResult(arguments.Outcome.Exception is not null
                        && !arguments.Context.CancellationToken.IsCancellationRequested),
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
            })
            .AddTimeout(options.SendTimeout)
            .Build();
    }

    /// <param name="alert">The notice.</param>
    /// <param name="names">The channels that it is for; empty for all. When none of them is there, it is for all, too.</param>
    public void Add(MemoryAlert alert, IReadOnlyList<string>? names = null)
    {
        if (!_notices.Writer.TryWrite((alert, names ?? []))) Log.AlertLeftOut(_logger, AlertNames.Of(alert.Kind));
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (alert, names) in _notices.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var channel in ChannelsOf(alert, names)) await SendAsync(channel, alert, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private IReadOnlyList<IAlertChannel> ChannelsOf(MemoryAlert alert, IReadOnlyList<string> names)
    {
        // A policy has written its line to the log itself, at the level of its alert.
        IReadOnlyList<IAlertChannel> all = alert.Kind == AlertKind.Policy
            ? [.. _channels().Where(static channel => channel is not LogAlertChannel)]
            : _channels();
        IReadOnlyList<IAlertChannel> named = [.. all.Where(channel => names.Contains(channel.Name, StringComparer.OrdinalIgnoreCase))];
        return named.Count > 0 ? named : all;
    }

    private async ValueTask SendAsync(IAlertChannel channel, MemoryAlert alert, CancellationToken cancellationToken)
    {
        try
        {
            await _retry.ExecuteAsync(token => channel.SendAsync(alert, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Pump boundary: a channel that fails must stop neither the others nor the alerts to come. Its message may hold an address with
            // a key.
            Log.AlertNotSent(_logger, AlertNames.Of(alert.Kind), channel.Name, exception.GetType().Name);
        }
    }
}
