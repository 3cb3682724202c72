using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>
/// Which methods a trigger on a type or an assembly means: by accessibility, and by names with <c>*</c> for any characters.
/// </summary>
internal static class TriggerPattern
{
    private const int Public = 1;
    private const int Internal = 2;
    private const int Protected = 4;
    private const int Private = 8;
    private const int AnyAccessibility = Public | Internal | Protected | Private;
    private const int Accessors = 16;

    private static readonly SymbolDisplayFormat FullName = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static bool Matches(AttributeData attribute, IMethodSymbol method, INamedTypeSymbol type)
    {
        var contract = TriggerAttributes.Named(attribute, "Implements") as INamedTypeSymbol;
        if (contract is not null && !Implements(method, type, contract.OriginalDefinition)) return false;

        // An explicit implementation is private, and still what callers of the interface reach.
        var members = TriggerAttributes.Named(attribute, "Members") as int? ?? (contract is null ? Public : AnyAccessibility);
        if ((members & Accessibility(method)) == 0) return false;
        if ((members & Accessors) == 0 && method.AssociatedSymbol is not null) return false;

        return (TriggerAttributes.Named(attribute, "MethodPattern") is not string methods || Matches(methods, SimpleName(method))) &&
            (TriggerAttributes.Named(attribute, "TypePattern") is not string types || Matches(types, type.ToDisplayString(FullName)));
    }

    /// <summary>Greedy with one step back: each star takes as little as it can.</summary>
    public static bool Matches(string pattern, string name)
    {
        int at = 0, star = -1, afterStar = 0;
        for (var position = 0; position < name.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*') (star, afterStar) = (at++, position);
            else if (at < pattern.Length && pattern[at] == name[position]) (at, position) = (at + 1, position + 1);
            else if (star >= 0) (at, position) = (star + 1, ++afterStar);
            else return false;
        }

        while (at < pattern.Length && pattern[at] == '*') at++;
        return at == pattern.Length;
    }

    // The name of an explicit implementation begins with that of its interface.
    private static string SimpleName(IMethodSymbol method) => method.Name.Substring(method.Name.LastIndexOf('.') + 1);

    private static bool Implements(IMethodSymbol method, INamedTypeSymbol type, INamedTypeSymbol contract)
    {
        var first = method;
        while (first.OverriddenMethod is { } overridden) first = overridden;
        return type.AllInterfaces
            .Where(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, contract))
            .SelectMany(static implemented => implemented.GetMembers().OfType<IMethodSymbol>())
            .Select(type.FindImplementationForInterfaceMember)
            .Any(implementation => IsOne(implementation, method) || IsOne(implementation, first));
    }

    private static bool IsOne(ISymbol? implementation, IMethodSymbol method) =>
        implementation is IMethodSymbol found && (Same(found, method) || Same(found.PartialImplementationPart, method));

    private static bool Same(IMethodSymbol? left, IMethodSymbol right) =>
        SymbolEqualityComparer.Default.Equals(left?.OriginalDefinition, right.OriginalDefinition);

    private static int Accessibility(IMethodSymbol method) => method.DeclaredAccessibility switch
    {
        Microsoft.CodeAnalysis.Accessibility.Public => Public,
        Microsoft.CodeAnalysis.Accessibility.Internal or Microsoft.CodeAnalysis.Accessibility.ProtectedOrInternal => Internal,
        Microsoft.CodeAnalysis.Accessibility.Protected or Microsoft.CodeAnalysis.Accessibility.ProtectedAndInternal => Protected,
        _ => Private,
    };
}
