namespace MemoryTriggers;

/// <summary>The content of a policy file.</summary>
/// <param name="Rules">The rules under <c>rules</c> that can be used.</param>
/// <param name="Policies">The policies under <c>policies</c> that can be used.</param>
/// <param name="Problems">All that is wrong, by place. A document with problems should not be used.</param>
internal sealed record PolicyDocument(IReadOnlyList<PolicyRule> Rules, IReadOnlyList<TriggerPolicy> Policies,
    IReadOnlyList<PolicyProblem> Problems)
{
    /// <summary>Compiles what was read.</summary>
    /// <param name="programs">Policies in code.</param>
    /// <param name="options">Further options.</param>
    /// <exception cref="PolicyException">There are problems.</exception>
    public PolicySet Compile(IEnumerable<IPolicy>? programs = null, PolicySetOptions? options = null) =>
        Problems.Count > 0 ? throw new PolicyException(Problems) : PolicySet.Compile(Rules, Policies, programs, options);
}
