using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>Which calls belong to a scope.</summary>
internal static class ScopeCalls
{
    public static bool IsOnScope(IInvocationOperation call) => IsOfLibrary(call.TargetMethod.ContainingType, "TriggerScope");

    public static bool IsOnScope(IInvocationOperation call, string method) => call.TargetMethod.Name == method && IsOnScope(call);

    public static bool IsScope(ITypeSymbol? type) => IsOfLibrary(type as INamedTypeSymbol, "TriggerScope");

    /// <summary>Whether the method opens a scope.</summary>
    public static bool IsFactory(IMethodSymbol method) => method.IsStatic && IsScope(method.ContainingType) && IsScope(method.ReturnType);

    public static bool IsOfLibrary(INamedTypeSymbol? type, string name) =>
        type is { ContainingNamespace: { Name: "MemoryTriggers", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    /// <summary>The calls of a chain such as <c>scope.AddTags(...).SetResult(...)</c> as they run, and the scope itself.</summary>
    public static (IReadOnlyList<IInvocationOperation> Calls, IOperation? Scope) Chain(IOperation outermost)
    {
        var calls = new List<IInvocationOperation>();
        var scope = outermost;
        while (scope is IInvocationOperation { Instance: { } instance } call && IsOnScope(call))
        {
            calls.Insert(0, call);
            scope = instance;
        }

        return (calls, scope);
    }
}
