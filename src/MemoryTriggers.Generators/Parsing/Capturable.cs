using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>Which types a record can take: not what lives on the stack only, except text.</summary>
internal static class Capturable
{
    public static bool Is(ITypeSymbol type) =>
        !type.IsRefLikeType
            && type is not IPointerTypeSymbol and not IFunctionPointerTypeSymbol and not ITypeParameterSymbol { AllowsRefLikeType: true } ||
        IsTextSpan(type);

    public static bool IsTextSpan(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "ReadOnlySpan" or "Span", ContainingNamespace.Name: "System", TypeArguments.Length: 1 } span &&
        span.TypeArguments[0].SpecialType == SpecialType.System_Char;
}
