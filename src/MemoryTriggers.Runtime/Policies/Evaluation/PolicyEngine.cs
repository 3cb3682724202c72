using System.Collections.Concurrent;
using MemoryTriggers.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers;

/// <summary>
/// Decides what happens to memories, and keeps the state of rules from one to the next: limits, cooldowns, counters, the last decisions.
/// Thread-safe. It does not apply decisions: the caller does.
/// </summary>
public sealed class PolicyEngine
{
    internal const int DefaultKeptDecisions = 1_000;
    internal const int MaxKeptDecisions = 100_000;

    private static readonly PolicyReason[] NothingApplies = [new("policies", "type", "no rule is for this type of trigger")];

    [ThreadStatic]
    private static EvaluationContext? _context;

    [ThreadStatic]
    private static Verdict? _verdict;

    // What the program has changed in the set of the configuration, in order; no rule is one removed.
    private readonly List<(string Name, PolicyRule? Rule)> _changes = [];

    private readonly Lock _installing = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TraceRing _traces;
    private readonly ConcurrentDictionary<string, RuleState> _outside = new(StringComparer.Ordinal);
    private volatile InstalledSet _installed;
    private SharedLimits? _limits;
    private long _evaluations;
    private long _errors;

    /// <summary>Makes an engine.</summary>
    /// <param name="set">The policies, until <see cref="Install"/> replaces it. <value>None: all is allowed</value></param>
    /// <param name="keptDecisions">How many decisions are kept for inspection, 0 to 100,000.</param>
    /// <param name="time">The clock for limits. <value>The system's.</value></param>
    /// <param name="logger">Where <c>log_event</c> writes. <value>Nowhere.</value></param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keptDecisions"/> is out of range.</exception>
    public PolicyEngine(
        PolicySet? set = null, int keptDecisions = DefaultKeptDecisions, TimeProvider? time = null, ILogger<PolicyEngine>? logger = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keptDecisions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keptDecisions, MaxKeptDecisions);
        _installed = new InstalledSet(set ?? PolicySet.Empty, null);
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<PolicyEngine>.Instance;
        _traces = new TraceRing(keptDecisions);
    }

    /// <summary>The set with what its rules remember.</summary>
    internal InstalledSet Installed => _installed;

    /// <summary>The policies in use.</summary>
    public PolicySet Set => _installed.Set;

    /// <summary>
    /// Replaces the set and the rules that were added. Rules of the same name keep their counters and limits. Evaluations under way end
    /// with the old set.
    /// </summary>
    public void Install(PolicySet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        lock (_installing)
        {
            Replace(set);
            _changes.Clear();
        }
    }

    /// <summary>
    /// Replaces the set by that of a changed configuration. What the program has added and removed stays added and removed.
    /// </summary>
    /// <exception cref="PolicyException">The new set cannot have a rule of the program. The set stays as it was.</exception>
    internal void Reload(PolicySet set)
    {
        lock (_installing)
        {
            foreach (var (name, rule) in _changes) set = rule is null ? set.Without(name) : set.With(rule);
            Replace(set);
        }
    }

    /// <summary>
    /// Adds a rule, or replaces the one of the same name. It stays when the configuration changes, until <see cref="Install"/> or
    /// <see cref="RemoveRule"/>.
    /// </summary>
    /// <exception cref="PolicyException">Something is wrong with it; all of it is in the exception. The set stays as it was.</exception>
    public void AddRule(PolicyRule rule)
    {
        lock (_installing)
        {
            Replace(_installed.Set.With(rule));
            Note(rule.Name, rule);
        }
    }

    /// <summary>Removes the rule of that name.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="PolicyException">Another rule needs it. The set stays as it was.</exception>
    public bool RemoveRule(string name)
    {
        lock (_installing)
        {
            var (before, after) = (_installed.Set, _installed.Set.Without(name));
            if (before == after) return false;
            Replace(after);
            Note(name, null);
            return true;
        }
    }

    /// <summary>Decides. Never throws: what fails lets the memory pass, is counted, and says so in the reasons.</summary>
    public PolicyDecision Evaluate(MemoryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var installed = _installed;
        var plan = installed.Set.For(entry.TriggerType);
        return plan.CanApply ? Evaluate(entry, installed, plan) : new PolicyDecision(PolicyVerdict.Allow, entry, NothingApplies, []);
    }

    /// <summary>
    /// Decides about a made-up event, as <see cref="Evaluate(MemoryEntry)"/> does about a memory. Conditions find its values by their
    /// names, as they find metadata; <c>operation</c>, <c>content</c> or <c>message</c>, <c>category</c>, <c>project</c>,
    /// <c>source</c>, <c>trigger_type</c>, <c>priority</c>, <c>success</c> and <c>tags</c> are those of a memory.
    /// </summary>
    /// <param name="context">Texts, numbers, truth values, times, and lists or dictionaries of these.</param>
    public PolicyDecision Evaluate(IReadOnlyDictionary<string, object?> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Evaluate(ContextEntry.Of(ContextEntry.ToJson(context), null, _time.GetUtcNow()));
    }

    /// <summary>Tells of every rule whether it matches and which of its conditions hold. Changes nothing, and counts nothing.</summary>
    internal IReadOnlyList<PolicyExplanation> Explain(MemoryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Explainer.Explain(_installed, entry, _time);
    }

    /// <summary>
    /// What this set would have done with recorded memories, oldest first. Limits and rests go by the times of the memories, beginning
    /// afresh; nothing is executed, logged or counted.
    /// </summary>
    /// <param name="entries">The memories.</param>
    /// <param name="decided">Called for each memory with its decision.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    internal Task<PolicyDryRunSummary> DryRunAsync(
        IAsyncEnumerable<MemoryEntry> entries, Action<MemoryEntry, PolicyDecision>? decided = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return DryRun.RunAsync(_installed.Set, entries, decided, cancellationToken);
    }

    /// <summary>The last decisions, newest first.</summary>
    public IReadOnlyList<PolicyTrace> GetRecentDecisions() => _traces.ToList();

    /// <summary>The counters.</summary>
    public PolicyStatistics GetStatistics()
    {
        var installed = _installed;
        return new PolicyStatistics(Interlocked.Read(ref _evaluations), Interlocked.Read(ref _errors),
        [
            .. installed.Set.Compiled.StateNames.Zip(installed.States,
                static (name, state) => (name, state.Executions, state.Successes, state.Failures)),
            .. _outside.ToArray().OrderBy(static rule => rule.Key, StringComparer.Ordinal).Select(static rule =>
                (rule.Key, rule.Value.Executions, rule.Value.Successes, rule.Value.Failures)),
        ]);
    }

    /// <summary>Takes down what was decided around the engine, so that it is found among the last decisions and counted by rule.</summary>
    internal void Note(MemoryEntry entry, PolicyVerdict verdict, PolicyReason reason)
    {
        var counters = _outside.GetOrAdd(reason.Rule, static _ => new RuleState());
        counters.Executed();
        counters.Succeeded();
        _traces.Add(new PolicyTrace(entry.Id, _time.GetUtcNow(), verdict, [reason], 0));
    }

    /// <summary>Makes its limits hold for several processes together, from now on.</summary>
    /// <returns>The shared limits.</returns>
    internal SharedLimits ShareLimits()
    {
        lock (_installing)
        {
            SharedLimits.Share(_installed);
            return _limits ??= new SharedLimits(() => _installed, _time);
        }
    }

    /// <summary>Counts how the actions of a decision ended.</summary>
    internal void RecordActionResults(IReadOnlyList<PolicyActionResult> results)
    {
        var installed = _installed;
        foreach (var ofRule in results.GroupBy(static result => result.Rule))
        {
            if (Array.IndexOf(installed.Set.Compiled.StateNames, ofRule.Key) is not (>= 0 and var index)) continue;
            if (ofRule.All(static result => result.Success)) installed.States[index].Succeeded();
            else installed.States[index].Failed();
        }
    }

    private void Note(string name, PolicyRule? rule)
    {
        _changes.RemoveAll(change => change.Name == name);
        _changes.Add((name, rule));
    }

    private void Replace(PolicySet set)
    {
        var installed = new InstalledSet(set, _installed);
        if (_limits is not null) SharedLimits.Share(installed);
        _installed = installed;
    }

    private PolicyDecision Evaluate(MemoryEntry entry, InstalledSet installed, PolicyPlan plan)
    {
        // A program's policy may ask the engine in its turn: what is in use is not on the thread.
        var context = _context is { } own && own.Set == installed.Set.Compiled ? own : new EvaluationContext(installed.Set.Compiled);
        var verdict = _verdict ?? new Verdict();
        (_context, _verdict) = (null, null);
        Interlocked.Increment(ref _evaluations);
        context.Start(entry, installed.States, _time);
        var decision = Evaluator.Evaluate(plan, context, verdict, _logger, out var failure);
        if (failure is not null)
        {
            Interlocked.Increment(ref _errors);
            Log.EvaluationFailed(_logger, failure);
        }

        context.End();
        (_context, _verdict) = (context, verdict);
        _traces.Add(new PolicyTrace(entry.Id, _time.GetUtcNow(), decision.Verdict, decision.Reasons, decision.Actions.Count));
        return decision;
    }
}
