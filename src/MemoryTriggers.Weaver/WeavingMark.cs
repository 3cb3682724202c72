using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver;

/// <summary>The generated method by which an assembly says whether it was woven.</summary>
internal sealed class WeavingMark(MethodDefinition isWoven)
{
    public bool IsWoven => isWoven.Body.Instructions.Any(static instruction => instruction.OpCode == OpCodes.Ldc_I4_1);

    /// <summary><see langword="null"/> in an assembly without triggers.</summary>
    public static WeavingMark? Find(ModuleDefinition module) =>
        module.GetType("MemoryTriggers.Generated", "WeavingMark")?.Methods.FirstOrDefault(static method =>
            method.Name == "IsWoven") is { } method
            ? new WeavingMark(method)
            : null;

    public void SetWoven()
    {
        foreach (var instruction in isWoven.Body.Instructions.Where(static instruction => instruction.OpCode == OpCodes.Ldc_I4_0))
        {
            instruction.OpCode = OpCodes.Ldc_I4_1;
        }
    }
}
