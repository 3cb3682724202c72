using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// Carries out what decisions ask for, one decision after the other, beside delivery: a slow webhook must not hold up the store. What waits here
/// when the process ends is not carried out.
/// </summary>
internal sealed class PolicyActionQueue
{
    private readonly Channel<PolicyDecision> _decisions;
    private readonly PolicyEngine _engine;
    private readonly PolicyActionRunner _runner;
    private readonly ILogger<PolicyActionQueue> _logger;

    public PolicyActionQueue(PolicyEngine engine, PolicyActionRunner runner, int capacity, ILogger<PolicyActionQueue> logger)
    {
        (_engine, _runner, _logger) = (engine, runner, logger);
        _decisions = Channel.CreateBounded<PolicyDecision>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    /// <summary>Takes a decision's actions, or counts them as failed when too many wait.</summary>
    public void Add(PolicyDecision decision)
    {
        if (_decisions.Writer.TryWrite(decision)) return;
        Log.ActionsLeftOut(_logger, decision.Actions.Count);
        _engine.Carried([.. decision.Actions.Select(static call => new PolicyActionResult(call.Rule, call.Action.Type, Success: false, Attempts: 0) { Error = "too many actions wait" })]);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        try
        {
            await foreach (var decision in _decisions.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await _runner.RunAsync(decision, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (_decisions.Reader.Count is > 0 and var left) Log.ActionsLeftOut(_logger, left);
        }
    }
}
