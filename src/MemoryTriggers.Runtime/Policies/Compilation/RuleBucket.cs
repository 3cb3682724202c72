using System.Collections.Frozen;

namespace MemoryTriggers.Policies;

/// <summary>The rules that need a field to have a certain value, by that value.</summary>
internal sealed class RuleBucket : IRuleBucket
{
    private readonly int _slot;
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _byValue;

    public RuleBucket(int slot, bool ignoreCase, IEnumerable<(string Value, int Position)> rules)
    {
        var comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _slot = slot;
        _byValue = rules.GroupBy(static rule => rule.Value, comparer)
            .ToFrozenDictionary(static same => same.Key, static same => same.Select(static rule => rule.Position).ToArray(), comparer)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void AddTo(ulong[] candidates, EvaluationContext context)
    {
        ref readonly var value = ref context.Field(_slot);
        if (!value.IsScalar || !_byValue.TryGetValue(context.TextOf(value), out var positions)) return;
        foreach (var position in positions) candidates[position >> 6] |= 1UL << (position & 63);
    }
}
