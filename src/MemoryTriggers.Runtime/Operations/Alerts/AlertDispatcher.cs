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

    private readonly Channel<MemoryAlert> _notices =
        Channel.CreateBounded<MemoryAlert>(new BoundedChannelOptions(Capacity) { SingleReader = true });
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

    public void Add(MemoryAlert alert)
    {
        if (!_notices.Writer.TryWrite(alert)) Log.AlertLeftOut(_logger, AlertNames.Of(alert.Kind));
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var alert in _notices.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var channel in _channels()) await SendAsync(channel, alert, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program ends.
        }
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
