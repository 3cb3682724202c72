using System.Collections.Frozen;

namespace MemoryTriggers.Policies;

/// <summary>The rules that need a field to have a certain value, by that value.</summary>
internal sealed class RuleBucket
{
    private readonly int _slot;
    private readonly FrozenDictionary<string, ulong[]>.AlternateLookup<ReadOnlySpan<char>> _byValue;

    public RuleBucket(int slot, bool ignoreCase, IEnumerable<(string Value, int Position)> rules, int words)
    {
        var comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _slot = slot;
        _byValue = rules.GroupBy(static rule => rule.Value, comparer)
            .ToFrozenDictionary(static same => same.Key, same => Bits(same.Select(static rule => rule.Position), words), comparer)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void AddTo(ulong[] candidates, EvaluationContext context)
    {
        ref readonly var value = ref context.Field(_slot);
        if (!value.IsScalar || !_byValue.TryGetValue(context.TextOf(value), out var bits)) return;
        for (var word = 0; word < bits.Length; word++) candidates[word] |= bits[word];
    }

    public static ulong[] Bits(IEnumerable<int> positions, int words)
    {
        var bits = new ulong[words];
        foreach (var position in positions) bits[position >> 6] |= 1UL << (position & 63);
        return bits;
    }
}
