using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>The result type of a method: that of its task, if it returns one.</summary>
internal static class MethodResult
{
    /// <summary><see langword="null"/> when that is nothing.</summary>
    public static ITypeSymbol? Of(IMethodSymbol method) => method switch
    {
        { ReturnsVoid: true } => null,
        { ReturnType: INamedTypeSymbol { Name: "Task" or "ValueTask" } task }
            when task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks" => task.TypeArguments.FirstOrDefault(),
        _ => method.ReturnType,
    };
}
