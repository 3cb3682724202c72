using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>
/// Which triggers a method has: its own; where it has none, those of its type that match it; else those of its assembly. The nearest
/// level counts alone, so that a call is remembered once unless one level has several triggers.
/// </summary>
internal static class AppliedTriggers
{
    public static ImmutableArray<AttributeData> Of(IMethodSymbol method)
    {
        var own = On(method);
        if (own.Length > 0 || !CanBeChosen(method)) return own;

        var type = ExtensionMembers.DeclaringType(method);
        var ofType = On(type);
        return ofType.Length > 0
            ? ofType.RemoveAll(attribute => !TriggerPattern.Matches(attribute, method, type))
            : On(method.ContainingAssembly).RemoveAll(attribute => !TriggerPattern.Matches(attribute, method, type));
    }

    /// <summary>The triggers on a method, a type or an assembly.</summary>
    public static ImmutableArray<AttributeData> On(ISymbol symbol) =>
        symbol.GetAttributes() is { Length: > 0 } all ? all.RemoveAll(static attribute => !TriggerAttributes.IsTrigger(attribute)) : [];

    /// <summary>The methods that get their triggers from their type, or its assembly, and have a body in this compilation.</summary>
    public static IEnumerable<IMethodSymbol> Candidates(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>()
            .Concat(type.GetTypeMembers().Where(static nested => nested.IsExtension)
                .SelectMany(static block => block.GetMembers().OfType<IMethodSymbol>()))
            .Select(static method => method.PartialImplementationPart ?? method)
            .Where(static method => On(method).Length == 0 && CanBeChosen(method));

    /// <summary>All types, the nested ones as well.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container, CancellationToken cancellationToken)
    {
        foreach (var member in container.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (member is INamedTypeSymbol { IsExtension: false } type) yield return type;
            if (member is not INamespaceOrTypeSymbol inner) continue;
            foreach (var nested in Types(inner, cancellationToken)) yield return nested;
        }
    }

    /// <summary>Whether the weaver can put a wrapper around the method.</summary>
    public static bool CanBeWoven(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.PropertyGet
            or MethodKind.PropertySet
            or MethodKind.EventAdd or MethodKind.EventRemove or MethodKind.UserDefinedOperator or MethodKind.Conversion &&
        !method.IsAbstract && !method.IsExtern && !method.IsPartialDefinition;

    // Code of the compiler or of another generator is not an operation, and what every object has (ToString, Equals) runs in debuggers
    // and dictionaries.
    private static bool CanBeChosen(IMethodSymbol method) =>
        CanBeWoven(method) && !method.IsImplicitlyDeclared && method.CanBeReferencedByName | method.MethodKind is not MethodKind.Ordinary &&
        method.MethodKind is not (MethodKind.UserDefinedOperator or MethodKind.Conversion) &&
        !OverridesObject(method) && !IsLeftOut(method);

    private static bool OverridesObject(IMethodSymbol method)
    {
        var first = method;
        while (first.OverriddenMethod is { } overridden) first = overridden;
        return first.ContainingType.SpecialType == SpecialType.System_Object;
    }

    private static bool IsLeftOut(IMethodSymbol method)
    {
        if (IsLeftOut((ISymbol)method) || method.AssociatedSymbol is { } member && IsLeftOut(member)) return true;
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (IsLeftOut((ISymbol)type)) return true;
        }

        return false;
    }

    private static bool IsLeftOut(ISymbol symbol) =>
        TriggerAttributes.IsExcluded(symbol) ||
        symbol.GetAttributes()
            .Any(static attribute => attribute.AttributeClass?.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");
}
