using Mono.Cecil;

namespace MemoryTriggers.Architecture;

/// <summary>What programs see of an assembly, read from its file.</summary>
internal static class PublicTypes
{
    /// <returns>Full names, nested types included.</returns>
    public static IReadOnlyList<string> Names(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return [.. module.GetTypes().Where(IsPublic).Select(static type => type.FullName)];
    }

    /// <returns>Methods and constructors with more than one parameter that is true or false.</returns>
    public static IReadOnlyList<string> WithTwoBooleans(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. from type in module.GetTypes()
               where IsPublic(type)
               from method in type.Methods
               where (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && HasTwoBooleans(method)
               select method.FullName,
        ];
    }

    private static bool IsPublic(TypeDefinition type) =>
        type.IsNested ? type.IsNestedPublic && IsPublic(type.DeclaringType) : type.IsPublic;

    private static bool HasTwoBooleans(MethodDefinition method) =>
        method.Parameters.Count(static parameter => IsBoolean(parameter.ParameterType)) > 1;

    private static bool IsBoolean(TypeReference type) =>
        type.FullName is "System.Boolean" or "System.Nullable`1<System.Boolean>";
}
