namespace MemoryTriggers.Policies;

/// <summary>The rules that need a number to be beyond a limit, by that limit: those nearest to being met come first.</summary>
internal sealed class ThresholdBucket : IRuleBucket
{
    private readonly int _slot;
    private readonly bool _isLeast;
    private readonly double[] _limits;
    private readonly int[] _positions;

    public ThresholdBucket(int slot, bool isLeast, IEnumerable<(double Limit, int Position)> rules)
    {
        List<(double Limit, int Position)> sorted = [.. isLeast
            ? rules.OrderBy(static rule => rule.Limit)
            : rules.OrderByDescending(static rule => rule.Limit)];
        (_slot, _isLeast) = (slot, isLeast);
        _limits = [.. sorted.Select(static rule => rule.Limit)];
        _positions = [.. sorted.Select(static rule => rule.Position)];
    }

    public void AddTo(ulong[] candidates, EvaluationContext context)
    {
        if (!context.TryNumber(_slot, out var number)) return;
        for (var index = 0; index < _limits.Length && (_isLeast ? _limits[index] <= number : _limits[index] >= number); index++)
        {
            var position = _positions[index];
            candidates[position >> 6] |= 1UL << (position & 63);
        }
    }
}
