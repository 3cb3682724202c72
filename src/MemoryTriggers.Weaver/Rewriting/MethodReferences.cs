using Mono.Cecil;

namespace MemoryTriggers.Weaver.Rewriting;

/// <summary>References to methods of generic types, and to generic methods, with their arguments.</summary>
internal static class MethodReferences
{
    /// <param name="target">The method.</param>
    /// <param name="declaringArguments">The arguments of its type; none for a type that is not generic.</param>
    /// <param name="arguments">Its own arguments; none for a method that is not generic.</param>
    public static MethodReference Of(MethodReference target, IEnumerable<TypeReference> declaringArguments,
        IEnumerable<TypeReference> arguments)
    {
        MethodReference reference = target;
        var declaring = new GenericInstanceType(target.DeclaringType.GetElementType());
        foreach (var argument in declaringArguments) declaring.GenericArguments.Add(argument);
        if (declaring.HasGenericArguments)
        {
            reference = new MethodReference(target.Name, target.ReturnType, declaring)
            {
                HasThis = target.HasThis,
                ExplicitThis = target.ExplicitThis,
                CallingConvention = target.CallingConvention,
            };
            foreach (var parameter in target.Parameters) reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
            foreach (var parameter in target.GenericParameters)
                reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        }

        if (!target.HasGenericParameters) return reference;

        var instance = new GenericInstanceMethod(reference);
        foreach (var argument in arguments) instance.GenericArguments.Add(argument);
        return instance;
    }
}
