using MemoryTriggers.Weaver.Diagnostics;
using Mono.Cecil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>
/// The triggers of an assembly that was written in a language without a generator: they would capture nothing, in silence.
/// </summary>
internal static class ForeignTriggers
{
    private const string Library = "MemoryTriggers";

    public static IEnumerable<WeaverProblem> Find(ModuleDefinition module, string language)
    {
        if (HasTrigger(module.Assembly)) yield return WeaverDiagnostics.NotCSharp(module.Assembly.Name.Name, language);
        foreach (var type in module.GetTypes())
        {
            if (HasTrigger(type)) yield return WeaverDiagnostics.NotCSharp(type.FullName, language);
            foreach (var method in type.Methods.Where(HasTrigger))
                yield return WeaverDiagnostics.NotCSharp($"{type.FullName}.{method.Name}", language).At(SourcePosition.Of(method));
        }
    }

    private static bool HasTrigger(ICustomAttributeProvider provider) =>
        provider.HasCustomAttributes && provider.CustomAttributes.Any(static attribute => IsTrigger(attribute.AttributeType));

    private static bool IsTrigger(TypeReference type) =>
        type.Namespace == Library && type.Scope.Name == "MemoryTriggers.Abstractions" && type.Name != "NoMemoryTriggerAttribute" &&
        (type.Name == "MemoryTriggerOnAttribute" || type.Name.EndsWith("MemoryTriggerAttribute", StringComparison.Ordinal));
}
