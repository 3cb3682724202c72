using MemoryTriggers.Capture;
using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>The names that tell operations apart, and those of the types of their values.</summary>
internal static class OperationNames
{
    private static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    // With the types around it, without the namespace.
    private static readonly SymbolDisplayFormat Nested = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static string TypeName(IMethodSymbol method) => method.ContainingType.ToDisplayString(Nested);

    /// <summary>The type of the program's own that a method with a general name gets first, or gets in something of a library.</summary>
    public static string? Message(IMethodSymbol method)
    {
        var name = method.Name.Substring(method.Name.LastIndexOf('.') + 1);
        if (!GeneralNames.Contains(name) || method.Parameters.Length == 0) return null;
        var type = method.Parameters[0].Type;
        return (IsOwn(type) ? type : (type as INamedTypeSymbol)?.TypeArguments.FirstOrDefault(IsOwn))?.ToDisplayString(Nested);
    }

    /// <summary>Those of the parameters that a record captures, empty for others; none when there is nothing to name.</summary>
    public static IEnumerable<string> ParameterTypes(IMethodSymbol method, bool all, string? template)
    {
        var types = ExtensionMembers.Parameters(method)
            .Select(parameter => all || template is not null && TemplateNames.Contains(template, parameter.Name)
                ? Composite(parameter.Type) ?? ""
                : "")
            .ToList();
        return types.TrueForAll(static type => type.Length == 0) ? [] : types;
    }

    public static string? ResultType(IMethodSymbol method) => MethodResult.Of(method) is { } type ? Composite(type) : null;

    // Numbers and text name themselves, and of what may be anything the declared type says nothing.
    private static string? Composite(ITypeSymbol type) =>
        type.SpecialType is not (SpecialType.None or SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IList_T or SpecialType.System_Collections_Generic_ICollection_T
            or SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T) ||
        type.TypeKind is TypeKind.Enum or TypeKind.TypeParameter or TypeKind.Dynamic or TypeKind.Pointer or TypeKind.FunctionPointer
            ? null
            : type.ToDisplayString(Short);

    private static bool IsOwn(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface && type.SpecialType == SpecialType.None &&
        (type.Locations.Any(static place => place.IsInSource) ||
            !IsOfLibrary(type) && type is not INamedTypeSymbol { IsGenericType: true });

    private static bool IsOfLibrary(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is not { } space || space.Length == 0 ||
        space == "System" || space.StartsWith("System.", StringComparison.Ordinal) ||
        space == "Microsoft" || space.StartsWith("Microsoft.", StringComparison.Ordinal);
}
