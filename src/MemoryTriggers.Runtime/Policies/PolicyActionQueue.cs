using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// Carries out what decisions ask for, beside delivery: a slow webhook must not hold up the store. What waits here
/// when the process ends is not carried out.
/// </summary>
internal sealed class PolicyActionQueue
{
    private readonly Channel<PolicyDecision> _decisions;
    private readonly PolicyEngine _engine;
    private readonly PolicyActionRunner _runner;
    private readonly ILogger<PolicyActionQueue> _logger;
    private readonly int _workers;

    public PolicyActionQueue(PolicyEngine engine, PolicyActionRunner runner, int capacity, ILogger<PolicyActionQueue> logger, int workers = 1)
    {
        (_engine, _runner, _logger, _workers) = (engine, runner, logger, workers);
        _decisions = Channel.CreateBounded<PolicyDecision>(new BoundedChannelOptions(capacity) { SingleReader = workers == 1 });
    }

    /// <summary>Takes a decision's actions, or counts them as failed when too many wait.</summary>
    public void Add(PolicyDecision decision)
    {
        if (Wants is { } wants) decision = decision with { Actions = [.. decision.Actions.Where(wants)] };
        if (decision.Actions.Count == 0 || _decisions.Writer.TryWrite(decision)) return;
        Log.ActionsLeftOut(_logger, decision.Actions.Count);
        _engine.Carried([.. decision.Actions.Select(static call => new PolicyActionResult(call.Rule, call.Action.Type, Success: false, Attempts: 0) { Error = "too many actions wait" })]);
    }

    /// <summary>Which actions are carried out at all; all of them when not set.</summary>
    public Func<PolicyActionCall, bool>? Wants { get; init; }

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, _workers).Select(_ => WorkAsync(cancellationToken)));

    private async Task WorkAsync(CancellationToken cancellationToken)
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
