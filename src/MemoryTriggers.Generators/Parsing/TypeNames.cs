using System.Reflection.Metadata;
using System.Text;
using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>
/// Names types as the wrapper sees them: type parameters get the wrapper's own names, and what C# cannot name outside of its type
/// (private nested, file-local, forbidden as obsolete) gets a type parameter in its place, which the weaver fills in.
/// </summary>
internal sealed class TypeNames
{
    private readonly Dictionary<ITypeParameterSymbol, string> _parameters = new(SymbolEqualityComparer.Default);
    private readonly List<(INamedTypeSymbol Type, string Name)> _hidden = [];
    private readonly Dictionary<string, SortedSet<string>> _hiddenConstraints = [];

    public IEnumerable<(INamedTypeSymbol Type, string Name)> Hidden => _hidden;

    public void Add(ITypeParameterSymbol parameter, string name) => _parameters[parameter] = name;

    public string Of(ITypeParameterSymbol parameter) => _parameters[parameter];

    public string Of(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => _parameters[parameter],
        IArrayTypeSymbol array => Array(array),
        IPointerTypeSymbol pointer => Of(pointer.PointedAtType) + "*",
        IFunctionPointerTypeSymbol function => FunctionPointer(function),
        IDynamicTypeSymbol => "object",
        INamedTypeSymbol { SpecialType: SpecialType.System_Void } => "void",
        INamedTypeSymbol named => Named(named),
        _ => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
    };

    /// <summary>The constraints of a type parameter, in the order that C# wants, or an empty text.</summary>
    public string Where(ITypeParameterSymbol parameter) => Where(Of(parameter), Constraints(parameter));

    public string WhereHidden(string name) => Where(name, _hiddenConstraints[name]);

    private string Array(IArrayTypeSymbol array)
    {
        // int[][,] is an array of int[,]: the ranks are written from the outside in, behind the innermost type.
        var ranks = new StringBuilder();
        ITypeSymbol element = array;
        while (element is IArrayTypeSymbol level)
        {
            ranks.Append('[').Append(',', level.Rank - 1).Append(']');
            element = level.ElementType;
        }

        return Of(element) + ranks;
    }

    private string FunctionPointer(IFunctionPointerTypeSymbol function)
    {
        var convention = function.Signature.CallingConvention == SignatureCallingConvention.Default ? "" : " unmanaged";
        var types = function.Signature.Parameters.Select(parameter => Ref(parameter.RefKind) + Of(parameter.Type))
            .Append(RefResult(function.Signature.RefKind) + Of(function.Signature.ReturnType));
        return $"delegate*{convention}<{string.Join(", ", types)}>";
    }

    private static string Ref(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };

    private static string RefResult(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.RefReadOnly => "ref readonly ",
        _ => "",
    };

    private string Named(INamedTypeSymbol type)
    {
        if (type.IsTupleType) type = type.TupleUnderlyingType ?? type;
        if (!IsVisible(type)) return Hide(type);

        var text = new StringBuilder();
        Append(type, text);
        return text.ToString();
    }

    private void Append(INamedTypeSymbol type, StringBuilder text)
    {
        if (type.ContainingType is { } outer)
        {
            Append(outer, text);
            text.Append('.');
        }
        else
        {
            text.Append("global::");
            if (!type.ContainingNamespace.IsGlobalNamespace)
                text.Append(type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)).Append('.');
        }

        text.Append('@').Append(type.Name);
        if (type.TypeArguments.Length == 0) return;

        var arguments = new List<string>();
        for (var index = 0; index < type.TypeArguments.Length; index++)
        {
            arguments.Add(Of(type.TypeArguments[index]));
        }

        Satisfy(type, arguments);
        text.Append('<').Append(string.Join(", ", arguments)).Append('>');
    }

    // A placeholder must satisfy what the generic type asks of its argument, which may be said in terms of the arguments.
    private void Satisfy(INamedTypeSymbol type, List<string> arguments)
    {
        if (!arguments.Exists(_hiddenConstraints.ContainsKey)) return;

        // The type may be the very one whose own parameters have names here already: these come back.
        var outer = type.TypeParameters.Select(parameter => _parameters.TryGetValue(parameter, out var name) ? name : null).ToList();
        for (var index = 0; index < arguments.Count; index++) _parameters[type.TypeParameters[index]] = arguments[index];
        for (var index = 0; index < arguments.Count; index++)
        {
            if (!_hiddenConstraints.TryGetValue(arguments[index], out var constraints)) continue;
            constraints.UnionWith(Constraints(type.TypeParameters[index]).Where(static text => text != "allows ref struct"));
        }

        for (var index = 0; index < arguments.Count; index++)
        {
            if (outer[index] is { } name) _parameters[type.TypeParameters[index]] = name;
            else _parameters.Remove(type.TypeParameters[index]);
        }
    }

    private string Hide(INamedTypeSymbol type)
    {
        type = (INamedTypeSymbol)type.WithNullableAnnotation(NullableAnnotation.None);
        foreach (var (known, name) in _hidden)
        {
            if (SymbolEqualityComparer.Default.Equals(known, type)) return name;
        }

        var placeholder = "H" + _hidden.Count;
        _hidden.Add((type, placeholder));
        _hiddenConstraints[placeholder] = type.IsRefLikeType ? ["allows ref struct"] : [];
        return placeholder;
    }

    private IEnumerable<string> Constraints(ITypeParameterSymbol parameter)
    {
        if (parameter.HasUnmanagedTypeConstraint) yield return "unmanaged";
        else if (parameter.HasValueTypeConstraint) yield return "struct";
        else if (parameter.HasReferenceTypeConstraint || IsClassByAHiddenConstraint(parameter)) yield return "class";
        else if (parameter.HasNotNullConstraint) yield return "notnull";
        foreach (var type in parameter.ConstraintTypes.Where(CanName)) yield return Of(type);

        if (parameter.HasConstructorConstraint) yield return "new()";
        if (parameter.AllowsRefLikeType) yield return "allows ref struct";
    }

    // What is not named here the weaver gives back; that the type is a class, other types of the signature may need now.
    private bool IsClassByAHiddenConstraint(ITypeParameterSymbol parameter) =>
        parameter.IsReferenceType && !parameter.ConstraintTypes.All(CanName);

    private bool CanName(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => _parameters.ContainsKey(parameter),
        IArrayTypeSymbol array => CanName(array.ElementType),
        IPointerTypeSymbol pointer => CanName(pointer.PointedAtType),
        INamedTypeSymbol named =>
            IsVisible(named) && named.TypeArguments.All(CanName) && (named.ContainingType is null || CanName(named.ContainingType)),
        _ => true,
    };

    private static string Where(string name, IEnumerable<string> constraints)
    {
        var ordered = constraints.OrderBy(static text => text switch
        {
            "struct" or "class" or "unmanaged" or "notnull" => 0,
            "new()" => 2,
            "allows ref struct" => 3,
            _ => 1,
        }).ToList();
        return ordered.Count == 0 ? "" : $" where {name} : {string.Join(", ", ordered)}";
    }

    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.ContainingType)
        {
            if (level.IsFileLocal || IsForbidden(level)) return false;
            if (level.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }

    // [Obsolete(error: true)]: a name is an error that no pragma suppresses.
    private static bool IsForbidden(INamedTypeSymbol type) => type.GetAttributes().Any(static attribute =>
        attribute is { AttributeClass.Name: "ObsoleteAttribute", ConstructorArguments.Length: 2 }
            && attribute.ConstructorArguments[1].Value is true);
}
