using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Rewriting;

/// <summary>
/// Between a placeholder and the real type behind it. At run time they are one and the same; box and unbox say so to the verifier, and
/// the JIT removes both.
/// </summary>
internal sealed class PlaceholderCasts(int ownParameters)
{
    public void Reveal(ILProcessor il, TypeReference placeholder, TypeReference real)
    {
        if (!Contains(placeholder) || !CanBeBoxed(placeholder) || !CanBeBoxed(real)) return;
        il.Emit(OpCodes.Box, placeholder);
        il.Emit(OpCodes.Unbox_Any, real);
    }

    public void Hide(ILProcessor il, TypeReference placeholder, TypeReference real)
    {
        if (!Contains(placeholder) || !CanBeBoxed(placeholder) || !CanBeBoxed(real)) return;
        il.Emit(OpCodes.Box, real);
        il.Emit(OpCodes.Unbox_Any, placeholder);
    }

    // Addresses, and what lives on the stack only, pass as they are.
    private static bool CanBeBoxed(TypeReference type)
    {
        while (type is IModifierType modified) type = modified.ElementType;
        if (type is ByReferenceType or PointerType or FunctionPointerType) return false;
        return type is ArrayType or GenericParameter || !IsByRefLike(type.Resolve());
    }

    private static bool IsByRefLike(TypeDefinition type) =>
        type.CustomAttributes.Any(static attribute =>
            attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IsByRefLikeAttribute");

    private bool Contains(TypeReference type) => type switch
    {
        GenericParameter parameter => parameter.Type == GenericParameterType.Method && parameter.Position >= ownParameters,
        GenericInstanceType instance => instance.GenericArguments.Any(Contains),
        TypeSpecification specification => Contains(specification.ElementType),
        _ => false,
    };
}
