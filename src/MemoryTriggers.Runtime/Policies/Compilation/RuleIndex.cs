using System.Numerics;

namespace MemoryTriggers.Policies;

/// <summary>
/// Rules in order of priority, with an index by the values that they need: of a thousand rules only those are tested of which the memory
/// fulfils one equality or one limit of a number, and those that have neither.
/// </summary>
internal sealed class RuleIndex
{
    private readonly CompiledRule[] _rules;
    private readonly ulong[] _always;
    private readonly IRuleBucket[] _buckets;

    public RuleIndex(CompiledRule[] rules, CompiledSet set)
    {
        _rules = rules;
        var equalities = rules.Select(static rule =>
            Equality.Of(rule).Where(static equality => equality.Field != EntryFields.TriggerType).ToList()).ToList();
        var thresholds = rules.Select(static rule => Threshold.Of(rule).ToList()).ToList();
        // The field with the most values tells rules apart best.
        var values = equalities.SelectMany(static found => found).GroupBy(static equality => (equality.Field, equality.IgnoreCase))
            .ToDictionary(static same => same.Key, static same => same.SelectMany(static equality => equality.Values).Distinct().Count());
        var limits = thresholds.SelectMany(static found => found).GroupBy(static threshold => (threshold.Field, threshold.IsLeast))
            .ToDictionary(static same => same.Key, static same => same.Distinct().Count());
        var equal = equalities.Select(found => found.MaxBy(equality => values[(equality.Field, equality.IgnoreCase)])).ToList();
        var beyond = thresholds.Select((found, position) =>
            equal[position] is null ? found.MaxBy(threshold => limits[(threshold.Field, threshold.IsLeast)]) : null).ToList();
        _always = new ulong[(rules.Length + 63) / 64];
        foreach (var position in Enumerable.Range(0, rules.Length).Where(position => equal[position] is null && beyond[position] is null))
            _always[position >> 6] |= 1UL << (position & 63);
        _buckets =
        [
            .. Enumerable.Range(0, rules.Length).Where(position => equal[position] is not null)
                .GroupBy(position => (equal[position]!.Field, equal[position]!.IgnoreCase))
                .Select(same =>
                    new RuleBucket(SlotOf(same.Key.Field, set), same.Key.IgnoreCase,
                        same.SelectMany(position => equal[position]!.Values.Select(value => (value, position))))),
            .. Enumerable.Range(0, rules.Length).Where(position => beyond[position] is not null)
                .GroupBy(position => (beyond[position]!.Field, beyond[position]!.IsLeast))
                .Select(same =>
                    new ThresholdBucket(SlotOf(same.Key.Field, set), same.Key.IsLeast,
                        same.Select(position => (beyond[position]!.Limit, position)))),
        ];
    }

    public bool IsEmpty => _rules.Length == 0;

    public int Count => _rules.Length;

    /// <summary>Prepares a walk over the rules that may match.</summary>
    public void Collect(EvaluationContext context)
    {
        var candidates = context.Candidates;
        _always.CopyTo(candidates, 0);
        foreach (var bucket in _buckets) bucket.AddTo(candidates, context);
    }

    /// <summary>The next rule of the walk, in order of priority.</summary>
    /// <param name="context">Where the walk was prepared.</param>
    /// <param name="position">Where the walk is; 0 at its beginning.</param>
    public CompiledRule? Next(EvaluationContext context, ref int position)
    {
        var candidates = context.Candidates;
        for (var word = position >> 6; word < _always.Length; word++, position = word << 6)
        {
            var rest = candidates[word] >> (position & 63);
            if (rest == 0) continue;
            position += BitOperations.TrailingZeroCount(rest);
            return _rules[position++];
        }

        return null;
    }

    private static int SlotOf(string field, CompiledSet set) => Array.FindIndex(set.Fields, known => known.Name == field);
}
