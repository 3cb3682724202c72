using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>
/// What a dot in a content template can reach: what the capture has written. It reads fields and properties with a field of the compiler's
/// behind them, and runs no code; numbers, dates and the like are values without members; of a text the length is known, of a collection
/// the count, and of a dictionary the values by their keys.
/// </summary>
internal static class TemplateMember
{
    private static readonly string[] Values =
    [
        "System.Guid", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Half", "System.Int128",
        "System.UInt128",
        "System.Numerics.BigInteger", "System.Version", "System.Uri", "System.Type", "System.Text.Rune",
    ];

    /// <summary>The member's type, <see langword="null"/> when it is known at run time only; or what is wrong.</summary>
    public static (ITypeSymbol? Type, string? Problem) Of(ITypeSymbol type, string name)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        if (type is IDynamicTypeSymbol || type.SpecialType == SpecialType.System_Object) return (null, null);
        if (type.SpecialType == SpecialType.System_String)
            return name == "Length" ? (null, null) : (null, $"names '{name}' of a text; only its Length is known");
        if (IsValue(type)) return (null, $"names '{name}' of '{Name(type)}', which is remembered as one value without members");
        if (IsDictionary(type))
            return name is "Count" or "Keys" or "Values"
                ? (null, $"names '{name}' of a dictionary; only its values are known, by their keys")
                : (null, null);
        if (IsCollection(type))
            return name is "Count" or "Length" ? (null, null) : (null, $"names '{name}' of a collection; only its Count is known");
        return Find(type, name) switch
        {
            null => (null, $"names '{name}', which '{Name(type)}' does not have"),
            IPropertySymbol property when IsComputed(property) =>
                (null, $"names '{name}', which '{Name(type)}' computes; only what is kept in fields and auto-properties is known"),
            IPropertySymbol property => (property.Type, null),
            var field => (((IFieldSymbol)field).Type, null),
        };
    }

    private static ISymbol? Find(ITypeSymbol type, string name)
    {
        if (type is ITypeParameterSymbol parameter)
            return parameter.ConstraintTypes.Select(constraint => Find(constraint, name)).FirstOrDefault(static found => found is not null);

        for (var level = type; level is not null; level = level.BaseType)
        {
            if (Declared(level, name) is { } member) return member;
        }

        return type.AllInterfaces.Select(contract => Declared(contract, name)).FirstOrDefault(static found => found is not null);
    }

    private static ISymbol? Declared(ITypeSymbol type, string name) => type.GetMembers(name)
        .FirstOrDefault(static member => member is IPropertySymbol or IFieldSymbol && member.DeclaredAccessibility == Accessibility.Public);

    // Of another assembly's type the fields are not known, and of an interface the type that implements it is not.
    private static bool IsComputed(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.Length > 0 && !property.IsAbstract && property.ContainingType.TypeKind != TypeKind.Interface &&
        !property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsValue(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum ||
        type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr and not SpecialType.System_String
            or SpecialType.System_DateTime ||
        Values.Contains(type.ToDisplayString());

    private static bool IsDictionary(ITypeSymbol type) => Implements(type, "IDictionary") || Implements(type, "IReadOnlyDictionary");

    private static bool IsCollection(ITypeSymbol type) =>
        type is IArrayTypeSymbol || IsOfBaseLibrary(type) && (Implements(type, "ICollection") || Implements(type, "IReadOnlyCollection"));

    private static bool IsOfBaseLibrary(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true;

    private static bool Implements(ITypeSymbol type, string name) =>
        type.AllInterfaces.Concat(type is INamedTypeSymbol { TypeKind: TypeKind.Interface } self ? [self] : [])
            .Any(contract => contract.Name == name
                && contract.ContainingNamespace.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal));

    private static string Name(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
