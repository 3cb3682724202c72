using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// Carries out what decisions ask for, beside delivery: a slow webhook must not hold up the store. What waits is on disk by the time that
/// the journal forgets the memory; what the end of the process finds waiting is executed by the next one. Thread-safe.
/// </summary>
internal sealed class PolicyActionQueue
{
    private readonly Channel<WaitingDecision> _decisions;
    private readonly Lock _gate = new();
    private readonly Lock _committing = new();
    private readonly List<PolicyDecision> _added = [];
    private readonly PolicyEngine _engine;
    private readonly PolicyActionRunner _runner;
    private readonly WaitingActions? _kept;
    private readonly ILogger<PolicyActionQueue> _logger;
    private readonly int _capacity;
    private readonly int _workers;
    private int _waiting;

    /// <param name="engine">Counts how actions ended.</param>
    /// <param name="runner">Carries them out.</param>
    /// <param name="capacity">How many decisions may wait; one more is left out.</param>
    /// <param name="kept">Where they wait; <see langword="null"/> for in memory only.</param>
    /// <param name="logger">Learns of actions that are left out.</param>
    /// <param name="workers">How many decisions are executed at once.</param>
    public PolicyActionQueue(PolicyEngine engine, PolicyActionRunner runner, int capacity, WaitingActions? kept,
        ILogger<PolicyActionQueue> logger, int workers = 1)
    {
        (_engine, _runner, _capacity, _kept, _logger, _workers) = (engine, runner, capacity, kept, logger, workers);
        _decisions = Channel.CreateUnbounded<WaitingDecision>(new UnboundedChannelOptions { SingleReader = workers == 1 });
        Take(kept?.Read() ?? []);
    }

    /// <summary>Which actions are executed at all; all of them when not set.</summary>
    public Func<PolicyActionCall, bool>? Wants { get; init; }

    /// <summary>How many decisions have actions that were not executed yet.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>
    /// Takes a decision's actions, or counts them as failed when too many wait. They begin with <see cref="CommitDecisions"/>.
    /// </summary>
    public void Add(PolicyDecision decision)
    {
        if (Wants is { } wants) decision = decision with { Actions = [.. decision.Actions.Where(wants)] };
        if (decision.Actions.Count == 0) return;
        lock (_gate)
        {
            if (Waiting < _capacity)
            {
                Interlocked.Increment(ref _waiting);
                _added.Add(decision);
                return;
            }
        }

        Log.ActionsLeftOut(_logger, decision.Actions.Count);
        _engine.RecordActionResults([.. decision.Actions.Select(static call =>
            new PolicyActionResult(call.Rule, call.Action.Type, Success: false, Attempts: 0) { Error = "too many actions wait" })]);
    }

    /// <summary>Puts what was added on disk, and lets it begin. To be called before the journal forgets the memories.</summary>
    public void CommitDecisions()
    {
        // A second caller waits: the first one may be about to write what the second one has added.
        lock (_committing)
        {
            List<PolicyDecision> added;
            lock (_gate)
            {
                if (_added.Count == 0) return;
                added = [.. _added];
                _added.Clear();
            }

            var kept = _kept is null ? [.. added.Select(static decision => new WaitingDecision(0, decision))] : _kept.Add(added);
            foreach (var waiting in kept) _decisions.Writer.TryWrite(waiting);
        }
    }

    /// <summary>Takes over what a dead process has left.</summary>
    public void Adopt(WaitingActions left)
    {
        if (_kept is not null) Take(_kept.Adopt(left));
    }

    /// <summary>Nothing more comes: when what waits is executed, <see cref="RunAsync"/> returns.</summary>
    public void Complete() => _decisions.Writer.TryComplete();

    /// <summary>Runs until it is complete, or cancelled; then the rest waits for the next process.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, _workers).Select(_ => WorkAsync(cancellationToken)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        try
        {
            await foreach (var waiting in _decisions.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await _runner.RunAsync(waiting.Decision, cancellationToken).ConfigureAwait(false);
                var left = Interlocked.Decrement(ref _waiting);
                _kept?.Remove(waiting.Number, isLast: left == 0);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends. What is on disk is executed by the next one, what was under way included.
        }
    }

    private void Take(IReadOnlyList<WaitingDecision> left)
    {
        Interlocked.Add(ref _waiting, left.Count);
        foreach (var waiting in left) _decisions.Writer.TryWrite(waiting);
    }
}
