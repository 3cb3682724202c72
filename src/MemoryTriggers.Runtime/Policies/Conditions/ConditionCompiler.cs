namespace MemoryTriggers.Policies;

/// <summary>Turns the conditions of one rule into code. Equal conditions of different rules become one.</summary>
internal sealed class ConditionCompiler(ConditionTable table, string rule, int ruleNumber, PolicySetOptions options)
{
    public const int DefaultTimeWindow = 60;
    private readonly List<CompiledLimit> _limits = [];
    private int _draws;

    /// <summary>The rate limits met so far, in order.</summary>
    public IReadOnlyList<CompiledLimit> Limits => _limits;

    public CompiledCondition Compile(PolicyCondition condition)
    {
        var text = ConditionText.Of(condition);
        switch (condition.Type)
        {
            case PolicyConditionType.RateLimit:
                return RateLimit(condition, text);
            case PolicyConditionType.Probability:
                return new CompiledCondition(condition, text, Negated(Probability(condition), condition.Negate), []);
            case PolicyConditionType.CompositeAnd or PolicyConditionType.CompositeOr:
                CompiledCondition[] children = [.. condition.SubConditions.Select(Compile)];
                var composite = new CompiledCondition(condition, text,
                    Negated(Composite(condition.Type, children), condition.Negate), children);
                return children.All(static child => child.Number >= 0) ? table.Number(composite) : composite;
            default:
                return table.Find(text)
                    ?? table.Number(new CompiledCondition(condition, text, Negated(Leaf(condition), condition.Negate), []));
        }
    }

    public static ConditionTest Composite(PolicyConditionType type, CompiledCondition[] children)
    {
        var isAnd = type == PolicyConditionType.CompositeAnd;
        if (Array.Exists(children, static child => child.Number < 0)) return Mixed(isAnd, children);

        // The usual case goes straight to the answers.
        int[] numbers = [.. children.Select(static child => child.Number)];
        return context =>
        {
            foreach (var number in numbers)
            {
                if (context.Holds(number) != isAnd) return !isAnd;
            }

            return isAnd;
        };
    }

    private static ConditionTest Mixed(bool isAnd, CompiledCondition[] children) => context =>
    {
        foreach (var child in children)
        {
            if (child.Holds(context) != isAnd) return !isAnd;
        }

        return isAnd;
    };

    private static ConditionTest Negated(ConditionTest test, bool isNegated) => isNegated ? context => !test(context) : test;

    private ConditionTest Leaf(PolicyCondition condition)
    {
        var isNumber = condition.Type is PolicyConditionType.GreaterThan or PolicyConditionType.LessThan or PolicyConditionType.Between;
        var slot = condition.Field is { } field ? isNumber ? table.NumberSlot(field) : table.Slot(field) : -1;
        var comparison = condition.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return condition.Type switch
        {
            PolicyConditionType.Always => static _ => true,
            PolicyConditionType.Never => static _ => false,
            PolicyConditionType.Equals => Equality(slot, Scalar.Canonical(condition.Value), comparison),
            PolicyConditionType.NotEquals => Negated(Equality(slot, Scalar.Canonical(condition.Value), comparison), isNegated: true),
            PolicyConditionType.Contains => Containment(slot, Scalar.Canonical(condition.Value) ?? "", comparison),
            PolicyConditionType.NotContains =>
                Negated(Containment(slot, Scalar.Canonical(condition.Value) ?? "", comparison), isNegated: true),
            PolicyConditionType.MatchesRegex => Match(slot, condition.RegexPattern!, condition.IgnoreCase),
            PolicyConditionType.GreaterThan when Scalar.Number(condition.Value) is { } limit =>
                context => context.TryNumber(slot, out var number) && number > limit,
            PolicyConditionType.LessThan when Scalar.Number(condition.Value) is { } limit =>
                context => context.TryNumber(slot, out var number) && number < limit,
            PolicyConditionType.Between when (condition.MinValue, condition.MaxValue) is ({ } least, { } greatest) =>
                context => context.TryNumber(slot, out var number) && number >= least && number <= greatest,
            PolicyConditionType.InList => Membership(slot, condition.Values, comparison),
            PolicyConditionType.NotInList => Negated(Membership(slot, condition.Values, comparison), isNegated: true),
            PolicyConditionType.TimeRange when (condition.StartTime, condition.EndTime) is ({ } start, { } end) =>
                Time(start.ToTimeSpan(), end.ToTimeSpan()),
            _ => throw new ArgumentException($"Rule '{rule}': the condition '{condition.Type.Name()}' is incomplete."),
        };
    }

    private static ConditionTest Equality(int slot, string? expected, StringComparison comparison) => expected is null
        ? context => context.Field(slot).Kind == FieldKind.Missing
        : context =>
        {
            ref readonly var value = ref context.Field(slot);
            return value.IsScalar && context.TextOf(value).Equals(expected, comparison);
        };

    private static ConditionTest Containment(int slot, string part, StringComparison comparison)
    {
        bool IsPart(ReadOnlySpan<char> item) => item.Equals(part, comparison);
        return context =>
        {
            ref readonly var value = ref context.Field(slot);
            return value.IsScalar
                ? context.TextOf(value).Contains(part, comparison)
                : value.Kind == FieldKind.Object ? value.Element.TryGetProperty(part, out _) : ItemTests.Any(context, value, IsPart);
        };
    }

    private static ConditionTest Match(int slot, string pattern, bool ignoreCase)
    {
        var regex = SafeRegex.Create(pattern, ignoreCase);
        ItemTests.TextTest isMatch = regex.IsMatch;
        return context =>
        {
            ref readonly var value = ref context.Field(slot);
            return value.IsScalar ? regex.IsMatch(context.TextOf(value)) : ItemTests.Any(context, value, isMatch);
        };
    }

    private static ConditionTest Membership(int slot, IReadOnlyList<object?> values, StringComparison comparison)
    {
        var hasNull = values.Any(static value => Scalar.Canonical(value) is null);
        var members = values.Select(Scalar.Canonical).OfType<string>().ToHashSet(StringComparer.FromComparison(comparison))
            .GetAlternateLookup<ReadOnlySpan<char>>();
        return context =>
        {
            ref readonly var value = ref context.Field(slot);
            return value.Kind == FieldKind.Missing ? hasNull : value.IsScalar && members.Contains(context.TextOf(value));
        };
    }

    // By the time at which the operation began: stored late, or looked at again, the answer is the same.
    private ConditionTest Time(TimeSpan start, TimeSpan end)
    {
        var zone = options.TimeZone;
        return context =>
        {
            var time = TimeZoneInfo.ConvertTime(context.Entry.StartedAt, zone).TimeOfDay;
            return start <= end ? time >= start && time <= end : time >= start || time <= end;
        };
    }

    // Drawn from the id: a memory that comes a second time gets the same answer.
    private ConditionTest Probability(PolicyCondition condition)
    {
        var draw = new Draw(options.Seed, rule, _draws++);
        var share = condition.Probability ?? 0;
        return context => draw.Of(context.Entry.Id) < share;
    }

    private CompiledCondition RateLimit(PolicyCondition condition, string text)
    {
        var limit = new CompiledLimit(
            _limits.Count, condition.RateLimit ?? 1, TimeSpan.FromSeconds(condition.TimeWindow ?? DefaultTimeWindow), condition.Negate,
            condition.Field is { } field ? table.Slot(field) : -1);
        _limits.Add(limit);
        return new CompiledCondition(condition, text, Test, []);

        bool Test(EvaluationContext context) => limit.IsNegated
            ? context.AssumeExceeded || !context.States[ruleNumber].HasRoom(limit, context)
            : context.States[ruleNumber].HasRoom(limit, context);
    }
}
