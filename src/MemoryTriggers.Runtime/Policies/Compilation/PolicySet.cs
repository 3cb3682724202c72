using MemoryTriggers.Policies;

namespace MemoryTriggers;

/// <summary>
/// Rules and policies, checked and compiled once. Immutable and thread-safe: a change makes a new set. What rules remember from memory to
/// memory is in the <see cref="PolicyEngine"/>.
/// </summary>
public sealed class PolicySet
{
    private readonly PolicyPlan[] _plans;
    private readonly PolicyPlan _untyped;

    internal PolicySet(CompiledSet compiled, PolicyPlan[] plans, PolicyPlan untyped, IReadOnlyList<PolicyRule> rules,
        IReadOnlyList<TriggerPolicy> policies) =>
        (Compiled, _plans, _untyped, Rules, Policies) = (compiled, plans, untyped, rules, policies);

    /// <summary>A set without rules: everything is stored as it is.</summary>
    public static PolicySet Empty { get; } = Compile([]);

    /// <summary>Its rules, as given.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; }

    /// <summary>Its policies by type of trigger, as given.</summary>
    public IReadOnlyList<TriggerPolicy> Policies { get; }

    internal CompiledSet Compiled { get; }

    /// <summary>The policies in code, and the options, that it was compiled with.</summary>
    internal (IPolicy[] Programs, PolicySetOptions Options) Source { get; init; } = ([], new PolicySetOptions());

    /// <summary>A set with one rule more. A rule of the same name is replaced, and keeps its place.</summary>
    /// <exception cref="PolicyException">Something is wrong with it; all of it is in the exception.</exception>
    internal PolicySet With(PolicyRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var isThere = Rules.Any(known => known.Name == rule.Name);
        return Of(isThere ? Rules.Select(known => known.Name == rule.Name ? rule : known) : Rules.Append(rule));
    }

    /// <summary>A set without the rule of that name; this one, when there is none.</summary>
    /// <exception cref="PolicyException">Another rule needs it.</exception>
    internal PolicySet Without(string name) => Rules.Any(rule => rule.Name == name) ? Of(Rules.Where(rule => rule.Name != name)) : this;

    /// <summary>Checks and compiles.</summary>
    /// <param name="rules">Rules of the long notation.</param>
    /// <param name="policies">Policies of the short notation, at most one for a type. A type without one is allowed.</param>
    /// <param name="programs">Policies in code, asked in this order.</param>
    /// <param name="options">Further options. <value>The defaults of <see cref="PolicySetOptions"/>.</value></param>
    /// <exception cref="PolicyException">Something is wrong with them; all of it is in the exception.</exception>
    public static PolicySet Compile(
        IEnumerable<PolicyRule> rules, IEnumerable<TriggerPolicy>? policies = null, IEnumerable<IPolicy>? programs = null,
        PolicySetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new SetCompiler([.. rules], [.. policies ?? []], [.. programs ?? []], options ?? new PolicySetOptions()).Compile();
    }

    /// <summary>Reads, checks and compiles a policy file: <c>rules</c> by name, <c>policies</c> by type of trigger.</summary>
    /// <param name="yaml">The YAML, of up to 10 MB.</param>
    /// <param name="programs">Policies in code, asked in this order.</param>
    /// <param name="options">Further options. <value>The defaults of <see cref="PolicySetOptions"/>.</value></param>
    /// <exception cref="PolicyException">
    /// Something is wrong with it; all of it is in the exception, by line and column.
    /// </exception>
    public static PolicySet Parse(string yaml, IEnumerable<IPolicy>? programs = null, PolicySetOptions? options = null) =>
        PolicyYaml.Parse(yaml, options).Compile(programs, options);

    private PolicySet Of(IEnumerable<PolicyRule> rules) => Compile(rules, Policies, Source.Programs, Source.Options);

    // A memory that a program composed itself has no type.
    internal PolicyPlan For(TriggerType? type) => type is { } known && (uint)known < (uint)_plans.Length ? _plans[(int)known] : _untyped;
}
