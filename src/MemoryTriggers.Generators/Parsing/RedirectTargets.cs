using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>The methods that a trigger on calls names, or why it names none.</summary>
/// <param name="Methods">In the order of their declaration; empty when there is a problem.</param>
/// <param name="Problem">The problem and its solution; <see langword="null"/> when there is none.</param>
internal sealed record RedirectTargets(ImmutableArray<IMethodSymbol> Methods, string? Problem)
{
    public static RedirectTargets Of(AttributeData attribute, Compilation compilation)
    {
        if (TriggerAttributes.CallType(attribute) is null) return None("names no type of trigger; write a member of 'TriggerType'");
        if (attribute.ConstructorArguments[1].Value is not string name) return None("names no method");
        if (attribute.ConstructorArguments[0].Value is not INamedTypeSymbol named) return None("names no type that declares methods");
        if (named is { IsGenericType: true, IsUnboundGenericType: false })
            return None($"names one construction of a generic type; write 'typeof({Open(named)})'");

        var type = named.OriginalDefinition;
        var all = type.GetMembers(name).OfType<IMethodSymbol>().Where(static method => method.MethodKind == MethodKind.Ordinary).ToList();
        if (all.Count == 0) return None(WhyThereIsNone(type, name));

        var meant = Parameters(attribute) is { } parameters ? all.FindAll(method => HasParameters(method, parameters)) : all;
        if (meant.Count == 0) return None($"names parameters that no overload of '{type.Name}.{name}' has");

        // What has a body here is woven itself; what has none (an interface, an abstract method) is captured at its calls.
        var isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
        if (isOwn && meant.Exists(static method => !method.IsAbstract && !method.IsExtern))
            return None($"names a method with a body in this assembly; put the trigger on '{type.Name}.{name}' itself");

        var callable = meant.FindAll(method =>
            compilation.IsSymbolAccessibleWithin(method, compilation.Assembly) && !(method.IsStatic && method.IsAbstract));
        if (callable.Count == 0) return None($"names '{type.Name}.{name}', which this assembly cannot call");

        // The compiler writes a call of an override as a call of what it overrides: the two cannot be distinguished.
        return callable.Find(static method => method.IsOverride) is { } overriding
            ? None($"names an override; name '{First(overriding).ContainingType.Name}', which declares '{name}'")
            : new RedirectTargets([.. callable], null);
    }

    private static RedirectTargets None(string problem) => new([], problem);

    private static string Open(INamedTypeSymbol type) => $"{type.Name}<{new string(',', type.Arity - 1)}>";

    private static string WhyThereIsNone(INamedTypeSymbol type, string name)
    {
        if (type.GetMembers(name).Length > 0) return $"names '{type.Name}.{name}', which is not a method";

        var bases = Bases(type).Concat(type.AllInterfaces);
        return bases.FirstOrDefault(other => other.GetMembers(name).OfType<IMethodSymbol>().Any()) is { } declaring
            ? $"names '{name}', which '{declaring.Name}' declares; name that type"
            : $"names '{name}', which '{type.Name}' does not have";
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var level = type.BaseType; level is not null; level = level.BaseType) yield return level;
    }

    private static IMethodSymbol First(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden) method = overridden;
        return method;
    }

    private static ImmutableArray<ITypeSymbol?>? Parameters(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(static argument =>
            argument.Key == "ParameterTypes").Value is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? [.. array.Values.Select(static item => item.Value as ITypeSymbol)]
            : null;

    private static bool HasParameters(IMethodSymbol method, ImmutableArray<ITypeSymbol?> types) =>
        method.Parameters.Length == types.Length &&
        method.Parameters.Select(static parameter => parameter.Type).SequenceEqual(types, SymbolEqualityComparer.Default);
}
