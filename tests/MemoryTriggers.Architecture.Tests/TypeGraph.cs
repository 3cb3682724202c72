using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Architecture;

/// <summary>
/// Which types of an assembly use which others of it: in signatures, attributes and code. Nested types count as the type that they
/// are in. The use of a constant leaves no trace in an assembly, and is not seen.
/// </summary>
internal static class TypeGraph
{
    /// <param name="assembly">The file of the assembly; its symbols are beside it.</param>
    /// <param name="project">The project that it was built from.</param>
    /// <exception cref="InvalidDataException">Its symbols tell of no file of that project.</exception>
    public static IReadOnlyList<TypeUse> Read(string assembly, string project)
    {
        using var folders = new SourceFolders(Path.ChangeExtension(assembly, ".pdb"), project);
        using var module = ModuleDefinition.ReadModule(assembly);
        var known = module.Types.ToDictionary(
            static type => type, type => folders.Of(type.Name, Row(type), WithNested(type).SelectMany(static part => part.Methods).Select(Row)));
        if (known.Values.All(static folder => folder is null)) throw new InvalidDataException($"No type of {assembly} has a file in src/{project}.");
        return
        [
            .. from type in module.Types
               where known[type] is not null
               from used in WithNested(type).SelectMany(UsedBy).SelectMany(Parts).Select(Outermost).Distinct()
               where used is not null && used != type && known.GetValueOrDefault(used) is not null
               select new TypeUse(type.Name, known[type]!, used.Name, known[used]!),
        ];
    }

    private static int Row(IMetadataTokenProvider definition) => (int)definition.MetadataToken.RID;

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static TypeDefinition? Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type as TypeDefinition;
    }

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> signature =
        [
            type.BaseType,
            .. type.Interfaces.Select(static implemented => implemented.InterfaceType),
            .. type.GenericParameters.SelectMany(static parameter => parameter.Constraints).Select(static constraint => constraint.ConstraintType),
            .. type.Fields.Select(static field => field.FieldType),
            .. type.Events.Select(static raised => raised.EventType),
            .. Attributes(type), .. type.Fields.SelectMany(Attributes), .. type.Properties.SelectMany(Attributes),
        ];
        return signature.OfType<TypeReference>().Concat(type.Methods.SelectMany(UsedBy));
    }

    private static IEnumerable<TypeReference> UsedBy(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(static parameter => parameter.ParameterType),
        .. method.GenericParameters.SelectMany(static parameter => parameter.Constraints).Select(static constraint => constraint.ConstraintType),
        .. Attributes(method), .. method.Parameters.SelectMany(Attributes),
        .. method.HasBody ? method.Body.Instructions.SelectMany(UsedBy) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.Select(static handler => handler.CatchType).Where(static type => type is not null) : [],
    ];

    private static IEnumerable<TypeReference> UsedBy(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    // Not their arguments: to read those, Cecil needs the assemblies of all enumerations in them.
    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Select(static attribute => attribute.AttributeType);

    /// <summary>A type and what it is made of: elements of arrays, arguments of generic types.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        IModifierType modified => Parts(modified.ElementType).Concat(Parts(modified.ModifierType)),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
