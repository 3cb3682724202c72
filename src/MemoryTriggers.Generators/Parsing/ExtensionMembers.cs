using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>
/// C# 14: the body of a member of an extension block is a static method of the class around the block, its receiver the first parameter.
/// </summary>
internal static class ExtensionMembers
{
    /// <summary>The type that a method's body belongs to.</summary>
    public static INamedTypeSymbol DeclaringType(IMethodSymbol method) => Block(method)?.ContainingType ?? method.ContainingType;

    /// <summary>The parameters of the body, without <see langword="this"/>.</summary>
    public static ImmutableArray<IParameterSymbol> Parameters(IMethodSymbol method) =>
        Block(method) is { ExtensionParameter: { } receiver } && !method.IsStatic
            ? method.Parameters.Insert(0, receiver)
            : method.Parameters;

    /// <summary>The extension block that contains a method.</summary>
    public static INamedTypeSymbol? Block(IMethodSymbol method) => method.ContainingType is { IsExtension: true } block ? block : null;
}
