using Mono.Cecil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>A method and the wrappers that go around it.</summary>
internal sealed class PlannedMethod(MethodDefinition method, IReadOnlyList<PlannedWrapper> wrappers)
{
    public MethodDefinition Method { get; } = method;

    /// <summary>The outermost first.</summary>
    public IReadOnlyList<PlannedWrapper> Wrappers { get; } = wrappers;

    /// <summary>Whether the body is to return its task, which the method does not.</summary>
    public bool IsAsyncVoid => Method.ReturnType.FullName == "System.Void" && Wrappers[0].Wrapper.Body.ReturnType.FullName != "System.Void";
}
