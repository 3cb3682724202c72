namespace MemoryTriggers.Policies;

/// <summary>Says beforehand whether a rule can match memories of a type of trigger at all.</summary>
internal sealed class TypeAnalysis
{
    private static readonly MemoryEntry Blank = new() { Id = default, Key = "", Content = "", CreatedAt = default };
    private readonly EvaluationContext _context;
    private readonly bool _isTyped;

    public TypeAnalysis(CompiledSet set, TriggerType? type)
    {
        _isTyped = type is not null;
        _context = new EvaluationContext(set);
        _context.Start(Blank with { TriggerType = type }, [], TimeProvider.System);
    }

    public bool MayMatch(CompiledRule rule)
    {
        if (rule.Scope is { } scope && Answer(scope) == false) return false;
        return rule.Source.ConditionOperator == PolicyOperator.And
            ? rule.Conditions.All(condition => Answer(condition) != false)
            : rule.Conditions.Any(condition => Answer(condition) != false);
    }

    /// <returns><see langword="null"/> when it depends on the memory.</returns>
    private bool? Answer(CompiledCondition condition)
    {
        var source = condition.Source;
        switch (source.Type)
        {
            case PolicyConditionType.Always or PolicyConditionType.Never:
                return condition.Test(_context);
            case PolicyConditionType.CompositeAnd or PolicyConditionType.CompositeOr:
                var isAnd = source.Type == PolicyConditionType.CompositeAnd;
                var answers = condition.Children.Select(Answer).ToList();
                bool? joined = answers.Contains(!isAnd) ? !isAnd : answers.Contains(null) ? null : isAnd;
                return joined is { } known ? known != source.Negate : null;
            default:
                return source.Field == EntryFields.TriggerType && _isTyped && condition.Number >= 0 ? condition.Test(_context) : null;
        }
    }
}
