using Mono.Cecil;

namespace MemoryTriggers.Weaver.Rewriting;

/// <summary>
/// Gives the wrapper's type parameters the constraints that C# could not name outside of the type. Nested in it, the wrapper may.
/// </summary>
internal static class WrapperConstraints
{
    public static void Restore(TypeDefinition wrapper, MethodDefinition method)
    {
        Restore(wrapper, method.DeclaringType);
        foreach (var entry in wrapper.Methods) Restore(entry, method);
    }

    // Behind the method's own parameters the wrapper's methods have their placeholders: these have no counterpart.
    private static void Restore(IGenericParameterProvider wrapper, IGenericParameterProvider original)
    {
        for (var index = 0; index < Math.Min(wrapper.GenericParameters.Count, original.GenericParameters.Count); index++)
        {
            var (target, source) = (wrapper.GenericParameters[index], original.GenericParameters[index]);
            if (target.Constraints.Count == source.Constraints.Count) continue;

            target.Constraints.Clear();
            foreach (var constraint in source.Constraints)
                target.Constraints.Add(new GenericParameterConstraint(constraint.ConstraintType));
        }
    }
}
