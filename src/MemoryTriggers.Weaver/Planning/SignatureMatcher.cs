using Mono.Cecil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>
/// Compares a method's signature with a wrapper's. Where the wrapper has a placeholder, the method tells the real type. The wrapper's
/// type parameters are the method's own, then the placeholders.
/// </summary>
internal sealed class SignatureMatcher
{
    private readonly int _ownParameters;
    private readonly TypeReference?[] _hidden;

    private SignatureMatcher(int ownParameters, int placeholders) =>
        (_ownParameters, _hidden) = (ownParameters, new TypeReference?[placeholders]);

    /// <summary>The real types of the placeholders; <see langword="null"/> when the signatures differ.</summary>
    public static IReadOnlyList<TypeReference>? Match(MethodDefinition method, MethodDefinition enter)
    {
        var own = method.GenericParameters.Count;
        var receiver = method.HasThis ? 1 : 0;
        if (enter.GenericParameters.Count < own || enter.Parameters.Count != method.Parameters.Count + receiver) return null;

        var matcher = new SignatureMatcher(own, enter.GenericParameters.Count - own);
        for (var index = 0; index < method.Parameters.Count; index++)
        {
            if (!matcher.Unify(enter.Parameters[index + receiver].ParameterType, method.Parameters[index].ParameterType)) return null;
        }

        if (!matcher.Unify(enter.ReturnType, method.ReturnType)) return null;
        if (receiver == 1 && !matcher.Unify(Referenced(enter.Parameters[0].ParameterType), SelfType(method.DeclaringType))) return null;
        return matcher._hidden.Contains(null) ? null : [.. matcher._hidden.Select(static type => type!)];
    }

    /// <summary>A type with its own parameters as arguments, as it names itself.</summary>
    public static TypeReference SelfType(TypeDefinition type)
    {
        if (!type.HasGenericParameters) return type;
        var instance = new GenericInstanceType(type);
        foreach (var parameter in type.GenericParameters) instance.GenericArguments.Add(parameter);
        return instance;
    }

    private static TypeReference Referenced(TypeReference type) => type is ByReferenceType reference ? reference.ElementType : type;

    private bool Unify(TypeReference wrapper, TypeReference method)
    {
        wrapper = WithoutModifiers(wrapper);
        method = WithoutModifiers(method);
        return wrapper switch
        {
            GenericParameter { Type: GenericParameterType.Method } placeholder when placeholder.Position >= _ownParameters =>
                Reveal(placeholder.Position - _ownParameters, method),
            GenericParameter parameter =>
                method is GenericParameter other && other.Type == parameter.Type && other.Position == parameter.Position,
            GenericInstanceType instance =>
                method is GenericInstanceType other && instance.ElementType.FullName == other.ElementType.FullName &&
                instance.GenericArguments.Zip(other.GenericArguments, Unify).All(static isSame => isSame),
            ArrayType array => method is ArrayType other && array.Rank == other.Rank && Unify(array.ElementType, other.ElementType),
            ByReferenceType reference => method is ByReferenceType other && Unify(reference.ElementType, other.ElementType),
            FunctionPointerType function => method is FunctionPointerType other && function.Parameters.Count == other.Parameters.Count &&
                Unify(function.ReturnType, other.ReturnType) &&
                function.Parameters.Zip(other.Parameters, (mine, theirs) => Unify(mine.ParameterType, theirs.ParameterType))
                    .All(static isSame => isSame),
            PointerType pointer => method is PointerType other && Unify(pointer.ElementType, other.ElementType),
            _ => wrapper.FullName == method.FullName,
        };
    }

    private bool Reveal(int placeholder, TypeReference real)
    {
        _hidden[placeholder] ??= real;
        return _hidden[placeholder]!.FullName == real.FullName;
    }

    private static TypeReference WithoutModifiers(TypeReference type)
    {
        while (type is IModifierType modified) type = modified.ElementType;
        return type;
    }
}
