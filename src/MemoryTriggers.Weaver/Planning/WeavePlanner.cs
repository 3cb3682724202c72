using MemoryTriggers.Weaver.Diagnostics;
using Mono.Cecil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>Finds the method of each wrapper, and all obstacles. Changes nothing.</summary>
internal static class WeavePlanner
{
    // MethodImplAttributes.Async of .NET 11: no state machine.
    private const int RuntimeAsync = 0x2000;

    public static WeavePlan Plan(ModuleDefinition module)
    {
        var types = module.GetTypes().ToDictionary(static type => type.FullName);
        var problems = new List<WeaverProblem>();
        var found = new List<(MethodDefinition Method, PlannedWrapper Wrapper)>();
        foreach (var wrapper in Wrapper.OfBodies(module))
        {
            if (Find(types, wrapper) is { } match) found.Add(match);
            else problems.Add(WeaverDiagnostics.MethodNotFound(wrapper.Text, wrapper.Type.Name).At(Namesake(types, wrapper)));
        }

        List<PlannedMethod> methods =
        [
            .. found.GroupBy(static match => match.Method)
                .Select(static group => new PlannedMethod(
                    group.Key, [.. group.Select(static match => match.Wrapper).OrderBy(static planned => planned.Wrapper.Index)])),
        ];
        problems.AddRange(methods.Select(Check).OfType<WeaverProblem>());
        var (calls, warnings) = CallPlanner.Plan(module);
        return new WeavePlan(methods, calls, problems, warnings);
    }

    private static (MethodDefinition, PlannedWrapper)? Find(Dictionary<string, TypeDefinition> types, Wrapper wrapper)
    {
        if (!types.TryGetValue(wrapper.TypeName, out var type)) return null;

        foreach (var method in type.Methods.Where(method => method.Name == wrapper.MethodName && method.HasBody))
        {
            if (SignatureMatcher.Match(method, wrapper.Enter) is { } hidden &&
                hidden.Select(static real => real.GetElementType().FullName).SequenceEqual(wrapper.HiddenTypes))
            {
                return (method, new PlannedWrapper(wrapper, hidden));
            }
        }

        return null;
    }

    // A method of that name has another signature, and is probably the one that was meant.
    private static SourcePosition? Namesake(Dictionary<string, TypeDefinition> types, Wrapper wrapper) =>
        types.TryGetValue(wrapper.TypeName, out var type)
            && type.Methods.FirstOrDefault(method => method.Name == wrapper.MethodName) is { } namesake
            ? SourcePosition.Of(namesake)
            : null;

    private static WeaverProblem? Check(PlannedMethod planned)
    {
        if (((int)planned.Method.ImplAttributes & RuntimeAsync) != 0)
            return WeaverDiagnostics.RuntimeAsync(planned.Method.FullName).At(SourcePosition.Of(planned.Method));
        if (planned.IsAsyncVoid && AsyncVoidStateMachine.Find(planned.Method) is null)
            return WeaverDiagnostics.NoStateMachine(planned.Method.FullName).At(SourcePosition.Of(planned.Method));
        return null;
    }
}
