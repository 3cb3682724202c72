using System.Runtime.InteropServices;

namespace MemoryTriggers.Policies;

/// <summary>Runs a set over recorded memories with a memory of its own.</summary>
internal static class DryRun
{
    public static async Task<PolicyDryRunSummary> RunAsync(
        PolicySet set, IAsyncEnumerable<MemoryEntry> entries, Action<MemoryEntry, PolicyDecision>? decided,
        CancellationToken cancellationToken)
    {
        var installed = new InstalledSet(set, null);
        var context = new EvaluationContext(set.Compiled);
        var verdict = new Verdict();
        var verdicts = Enum.GetValues<PolicyVerdict>().ToDictionary(static kind => kind, static _ => 0L);
        var actions = new Dictionary<string, long>(StringComparer.Ordinal);
        var (count, errors) = (0L, 0L);
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            context.Start(entry, installed.States, TimeProvider.System, entry.CreatedAt);
            var decision = Evaluator.Evaluate(set.For(entry.TriggerType), context, verdict, logger: null, out var failure);
            if (failure is not null) errors++;
            count++;
            verdicts[decision.Verdict]++;
            foreach (var action in decision.Actions) CollectionsMarshal.GetValueRefOrAddDefault(actions, action.Action.Type, out _)++;
            decided?.Invoke(entry, decision);
        }

        return new PolicyDryRunSummary(count, errors, verdicts, actions,
        [
            .. set.Compiled.StateNames.Zip(installed.States, static (name, state) =>
                (name, state.Executions, state.Successes, state.Failures)),
        ]);
    }
}
