namespace MemoryTriggers.Policies;

/// <summary>The fields and the distinct conditions of a set while it is compiled.</summary>
internal sealed class ConditionTable
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompiledCondition> _byText = new(StringComparer.Ordinal);
    private readonly List<CompiledCondition> _conditions = [];

    public FieldPath[] Fields =>
        [.. _slots.OrderBy(static slot => slot.Value).Select(slot => new FieldPath(slot.Key, isNumberOnly: !_texts.Contains(slot.Key)))];

    public CompiledCondition[] Conditions => [.. _conditions];

    public int Slot(string field)
    {
        _texts.Add(field);
        return NumberSlot(field);
    }

    /// <summary>The slot of a field that is only compared as a number.</summary>
    public int NumberSlot(string field)
    {
        if (!_slots.TryGetValue(field, out var slot)) _slots.Add(field, slot = _slots.Count);
        return slot;
    }

    public CompiledCondition? Find(string text) => _byText.GetValueOrDefault(text);

    public CompiledCondition Number(CompiledCondition condition)
    {
        if (Find(condition.Text) is { } known) return known;
        var numbered = condition with { Number = _conditions.Count };
        _conditions.Add(numbered);
        _byText.Add(numbered.Text, numbered);
        return numbered;
    }
}
