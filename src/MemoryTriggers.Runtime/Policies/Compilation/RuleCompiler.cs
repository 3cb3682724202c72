namespace MemoryTriggers.Policies;

/// <summary>Turns rules into code. They have been checked before.</summary>
internal sealed class RuleCompiler(ConditionTable table, PolicySetOptions options)
{
    public CompiledRule Compile(PolicyRule rule, int number, string? policy = null)
    {
        var name = policy is null ? rule.Name : $"{policy}/{rule.Name}";
        var compiler = new ConditionCompiler(table, name, number, options);
        var scope = ScopeCondition(rule.Scope) is { } condition ? compiler.Compile(condition) : null;
        CompiledCondition[] conditions = [.. rule.Conditions.Select(compiler.Compile)];
        CompiledLimit[] limits = [.. compiler.Limits];
        return new CompiledRule
        {
            Number = number,
            Name = name,
            Source = rule,
            Scope = scope,
            Conditions = conditions,
            Test = Test(rule.ConditionOperator, scope, conditions),
            Limits = limits,
            IsGuarded = limits.Length > 0 || rule.MaxExecutions is not null || rule.CooldownPeriod is not null,
            // Numbered actions say in what order they are wanted; a sort by key keeps the order of equal ones.
            Actions = [.. rule.Actions.Select((action, position) => Compile(action, position, compiler))
                .OrderBy(static action => action.Source.Priority)],
            Change = rule is { Verdict: PolicyVerdict.Modify, Parameters.Count: > 0 } ? new RuleChange(rule.Parameters) : null,
            Reasons = Reasons(rule, name, conditions),
        };
    }

    private static ConditionTest Test(PolicyOperator joined, CompiledCondition? scope, CompiledCondition[] conditions)
    {
        var type = joined == PolicyOperator.And ? PolicyConditionType.CompositeAnd : PolicyConditionType.CompositeOr;
        CompiledCondition[] tested = joined == PolicyOperator.And
            ? [.. conditions.OrderBy(static condition => ConditionCost.Of(condition.Source))]
            : conditions;
        var all = conditions.Length == 1 ? conditions[0].Holds : ConditionCompiler.Composite(type, tested);
        return scope is null ? all : context => scope.Holds(context) && all(context);
    }

    private static PolicyReason[] Reasons(PolicyRule rule, string name, CompiledCondition[] conditions)
    {
        var why = rule.Verdict is { } verdict ? $"it matched, which means {verdict.Name()}" : "it matched";
        return rule.ConditionOperator == PolicyOperator.And
            ? [new PolicyReason(name, string.Join(" and ", conditions.Select(static condition => condition.Text)), why)]
            : [.. conditions.Select(condition => new PolicyReason(name, condition.Text, why))];
    }

    private static PolicyCondition? ScopeCondition(PolicyScope scope) => scope switch
    {
        PolicyScope.Agent => Is(EntryFields.TriggerType, PolicyConditionType.Equals, TriggerType.AgentOperation.Name()),
        PolicyScope.Workflow => Is(EntryFields.TriggerType, PolicyConditionType.Equals, TriggerType.WorkflowCompletion.Name()),
        PolicyScope.Task => Is("task_id", PolicyConditionType.NotEquals, "none"),
        PolicyScope.User => Is("user_id", PolicyConditionType.NotEquals, null),
        PolicyScope.Session => Is("session_id", PolicyConditionType.NotEquals, null),
        _ => null,
    };

    private static PolicyCondition Is(string field, PolicyConditionType type, string? value) => new()
    {
        Type = type,
        Field = field,
        Value = value,
    };

    private static CompiledAction Compile(PolicyAction action, int position, ConditionCompiler compiler)
    {
        var before = compiler.Limits.Count;
        var condition = action.Condition is { } own ? compiler.Compile(own) : null;
        return new CompiledAction(position, action, Kind(action), new Template(action), condition,
            [.. compiler.Limits.Skip(before)]);
    }

    private static ActionKind Kind(PolicyAction action) => IsForLater(action) ? ActionKind.Effect : action.Type switch
    {
        PolicyActionTypes.SetQualityScore => ActionKind.Score,
        PolicyActionTypes.AddTag => ActionKind.AddTag,
        PolicyActionTypes.RemoveTag => ActionKind.RemoveTag,
        PolicyActionTypes.LogEvent => ActionKind.Log,
        PolicyActionTypes.ChainPolicy => ActionKind.Chain,
        PolicyActionTypes.Abort => ActionKind.Abort,
        PolicyActionTypes.Skip => ActionKind.Skip,
        _ => ActionKind.Effect,
    };

    // What is about another memory, or waits for a result, happens when the memory is stored.
    private static bool IsForLater(PolicyAction action) => action.Type switch
    {
        PolicyActionTypes.SetQualityScore or PolicyActionTypes.AddTag or PolicyActionTypes.RemoveTag =>
            ActionParameters.Text(action.Parameters, "memory_id") is not null,
        PolicyActionTypes.LogEvent => LateNames.AreIn(action) || LateNames.AreIn(action.Condition),
        _ => false,
    };
}
