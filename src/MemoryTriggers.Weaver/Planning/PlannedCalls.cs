using Mono.Cecil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>The wrappers that replace a method of another assembly, and the calls that are redirected to them.</summary>
internal sealed class PlannedCalls(MethodDefinition target, IReadOnlyList<Wrapper> wrappers)
{
    public MethodDefinition Target { get; } = target;

    /// <summary>The outermost first.</summary>
    public IReadOnlyList<Wrapper> Wrappers { get; } = wrappers;

    public List<PlannedCall> Sites { get; } = [];
}
