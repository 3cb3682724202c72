using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>Which parameters and results of a method have the name of a secret, are not marked, and would be written.</summary>
internal static class SecretNames
{
    // Texts under such a name are left out by name already; everything else would be written.
    public static IEnumerable<IParameterSymbol> Parameters(IMethodSymbol method) => method.Parameters.Where(static parameter =>
        parameter.Type.SpecialType != SpecialType.System_String
        && !(parameter.Type.IsValueType && parameter.Type.SpecialType != SpecialType.None)
        && parameter.Type.Name != "CancellationToken" && Capture.SensitiveNames.Contains(parameter.Name)
        && !TriggerAttributes.IsSensitive(parameter.GetAttributes()) && !TriggerAttributes.IsSensitive(parameter.Type.GetAttributes()));

    /// <summary>
    /// Whether it returns text, bytes or an identifier under such a name. Members of other types are judged by their own.
    /// </summary>
    public static bool HasSecretResult(IMethodSymbol method) =>
        Capture.SensitiveNames.Contains(Of(method)) && HoldsText(method.ReturnType)
        && !TriggerAttributes.IsSensitive(method.GetReturnTypeAttributes())
        && !(method.AssociatedSymbol is { } member && TriggerAttributes.IsSensitive(member.GetAttributes()));

    /// <summary>The name of a method, or of the property of an accessor.</summary>
    public static string Of(IMethodSymbol method)
    {
        var name = method.AssociatedSymbol?.Name ?? method.Name;
        return name.Substring(name.LastIndexOf('.') + 1);
    }

    private static bool HoldsText(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String or SpecialType.System_Object } => true,
        { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
        IArrayTypeSymbol array => HoldsElement(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } generic => generic.TypeArguments.Any(HoldsElement),
        _ => false,
    };

    private static bool HoldsElement(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Char or SpecialType.System_Byte || HoldsText(type);
}
