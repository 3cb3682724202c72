namespace MemoryTriggers.Policies;

/// <summary>Makes a set: checks, compiles each rule, and sorts the rules by the types of trigger that they can match.</summary>
internal sealed class SetCompiler(PolicyRule[] rules, TriggerPolicy[] policies, IPolicy[] programs, PolicySetOptions options)
{
    private readonly ConditionTable _table = new();

    public PolicySet Compile()
    {
        var problems = PolicyCheck.Run(rules, policies, options, []);
        if (problems.Count > 0) throw new PolicyException(problems);

        var compiler = new RuleCompiler(_table, options);
        PolicyRule[] ordered = [.. rules.Where(static rule => rule.Enabled).OrderByDescending(static rule => rule.Priority)];
        var all = ordered.Select((rule, number) => compiler.Compile(rule, number)).ToList();
        var ofPolicies = policies.Select(policy => ShortRules(policy, compiler, all)).ToList();
        var limits = policies.Select(Limits).ToList();

        // The table has all fields and conditions only now.
        CompiledRule[] compiledRules = [.. all];
        var compiled = new CompiledSet(_table.Fields, _table.Conditions, compiledRules,
            [.. all.Select(static rule => rule.Name), .. policies.Select(static policy => policy.Type.Name()),
                .. programs.Select(static program => program.Name)])
        {
            ByName = compiledRules.Take(ordered.Length).ToDictionary(static rule => rule.Name, StringComparer.Ordinal),
            HasChains = ordered.Any(static rule => rule.Actions.Any(static action => action.Type == PolicyActionTypes.ChainPolicy)),
        };
        PolicyPlan[] plans = [.. Enum.GetValues<TriggerType>().Select(type => Plan(type, compiled, ordered.Length, ofPolicies, limits))];
        return new PolicySet(compiled, plans, Plan(null, compiled, ordered.Length, ofPolicies, limits), rules, policies)
        {
            Source = (programs, options),
        };
    }

    private static CompiledRule[] ShortRules(TriggerPolicy policy, RuleCompiler compiler, List<CompiledRule> all)
    {
        foreach (var rule in policy.Rules)
        {
            all.Add(compiler.Compile(Long(rule), all.Count, policy.Type.Name()));
        }

        return [.. all.TakeLast(policy.Rules.Count).OrderByDescending(static rule => rule.Source.Priority)];
    }

    private static PolicyRule Long(TriggerPolicyRule rule) => new()
    {
        Name = rule.Name, Priority = rule.Priority, Conditions = [ShortCondition.Parse(rule.Condition)], Verdict = rule.Decision,
        Parameters = rule.Parameters,
    };

    private CompiledLimit[] Limits(TriggerPolicy policy) =>
    [
        .. policy.RateLimits.Select((limit, index) =>
        {
            var name = RateLimitName.Parse(limit.Key);
            return new CompiledLimit(index, limit.Value, name.Window, IsNegated: false, _table.Slot(name.Field));
        }),
    ];

    private PolicyPlan Plan(TriggerType? type, CompiledSet compiled, int longRules, List<CompiledRule[]> ofPolicies,
        List<CompiledLimit[]> limits)
    {
        var analysis = new TypeAnalysis(compiled, type);
        var index = Array.FindIndex(policies, policy => policy.Type == type);
        var policy = index < 0
            ? null
            : new CompiledPolicy(policies[index], compiled.Rules.Length + index,
                new RuleIndex([.. ofPolicies[index].Where(analysis.MayMatch)], compiled), limits[index]);
        var applicable = new RuleIndex([.. compiled.Rules.Take(longRules).Where(analysis.MayMatch)], compiled);
        // The states of all programs are there for every type; a program for another type just has no turn.
        return new PolicyPlan(policy, programs.Any(program => Cares(program, type))
            ? programs
            : [], compiled.Rules.Length + policies.Length, applicable);
    }

    private static bool Cares(IPolicy program, TriggerType? type) => program.AppliesTo is null || program.AppliesTo == type;
}
