using MemoryTriggers.Secrets;
using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>Which parameters and results are secrets by their names. The running program has the same rule for other members.</summary>
internal static class SecretTypes
{
    /// <summary>Whether the argument of a parameter is a secret by its name.</summary>
    public static bool IsSecretByName(IParameterSymbol parameter) => IsSecretByName(NameOf(parameter), parameter.Type);

    /// <summary>Parameters whose arguments are dropped by their names, and that do not say so.</summary>
    public static IEnumerable<IParameterSymbol> Unmarked(IMethodSymbol method) => method.Parameters.Where(static parameter =>
        IsSecretByName(parameter)
        && !TriggerAttributes.IsSensitive(parameter.GetAttributes()) && !TriggerAttributes.IsSensitive(parameter.Type.GetAttributes()));

    /// <summary>
    /// Whether a method returns text, bytes, a number or an identifier under the name of a secret. Members of other types are judged by
    /// their own names.
    /// </summary>
    public static bool IsResultSecretByName(IMethodSymbol method)
    {
        var name = NameOf(method);
        return SecretNames.Contains(name) && HoldsText(method.ReturnType, SecretNames.Counts(name));
    }

    /// <summary>Whether the result is dropped by the name of the method, which does not say so.</summary>
    public static bool IsResultUnmarked(IMethodSymbol method) =>
        IsResultSecretByName(method)
        && !TriggerAttributes.IsSensitive(method.GetReturnTypeAttributes())
        && !(method.AssociatedSymbol is { } member && TriggerAttributes.IsSensitive(member.GetAttributes()));

    /// <summary>The name of a method, or of the property of an accessor.</summary>
    public static string NameOf(IMethodSymbol method)
    {
        var name = method.AssociatedSymbol?.Name ?? method.Name;
        name = name.Substring(name.LastIndexOf('.') + 1);
        return name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name;
    }

    // What a setter sets has the name of its property.
    private static string NameOf(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.PropertySet } setter
            && setter.AssociatedSymbol is IPropertySymbol property && parameter.Ordinal == setter.Parameters.Length - 1
                ? property.Name
                : parameter.Name;

    private static bool IsSecretByName(string name, ITypeSymbol type) =>
        !CanHoldNone(type) && SecretNames.Contains(name) && !(IsNumber(type) && SecretNames.Counts(name));

    private static bool CanHoldNone(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Boolean or SpecialType.System_DateTime or SpecialType.System_Void
        || type.TypeKind is TypeKind.Enum or TypeKind.Delegate
        || type is INamedTypeSymbol { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } system
            && (system.Name is "DateTimeOffset" or "TimeSpan" or "DateOnly" or "TimeOnly" or "Type"
                || system.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && CanHoldNone(system.TypeArguments[0]))
        || type.Name == "CancellationToken";

    private static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double
        || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && IsNumber(nullable.TypeArguments[0]);

    private static bool HoldsText(ITypeSymbol type, bool counts) => type switch
    {
        { SpecialType: SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Char } => true,
        { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
        IArrayTypeSymbol array => HoldsElement(array.ElementType, counts),
        INamedTypeSymbol { IsGenericType: true } generic => generic.TypeArguments.Any(element => HoldsElement(element, counts)),
        INamedTypeSymbol { Name: "SecureString" } => true,
        _ => IsNumber(type) && !counts,
    };

    private static bool HoldsElement(ITypeSymbol type, bool counts) =>
        type.SpecialType is SpecialType.System_Byte || HoldsText(type, counts);
}
