using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>Names in the compiled assembly, and names made from them.</summary>
internal static class MetadataNames
{
    // The assembly has no "@" before a namespace that is called like a keyword.
    private static readonly SymbolDisplayFormat Plain =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>Nested types behind a slash: <c>Shop.Outer`1/Inner</c>.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer) return $"{Of(outer)}/{type.MetadataName}";
        return type.ContainingNamespace.IsGlobalNamespace
            ? type.MetadataName
            : $"{type.ContainingNamespace.ToDisplayString(Plain)}.{type.MetadataName}";
    }

    /// <summary>A class name that no other wrapper has: readable, with a hash (FNV-1a) of the full signature.</summary>
    public static string WrapperClass(INamedTypeSymbol type, IMethodSymbol method, int attributeIndex, bool isRedirect)
    {
        var parameters = method.Parameters.Select(static parameter => $"{parameter.RefKind} {parameter.Type.ToDisplayString()}");
        var signature = $"{Of(type)}::{method.MetadataName}`{method.Arity}({string.Join(",", parameters)})" +
            $"{method.ReturnType.ToDisplayString()}#{attributeIndex}{(isRedirect ? ">" : "")}";
        var hash = signature.Aggregate(2166136261, static (value, character) => unchecked((value ^ character) * 16777619));
        var name = $"{type.Name}_{method.Name.Substring(method.Name.LastIndexOf('.') + 1)}";
        return $"__{new string([.. name.Select(static character => char.IsLetterOrDigit(character) ? character : '_')])}_{hash:x8}";
    }
}
