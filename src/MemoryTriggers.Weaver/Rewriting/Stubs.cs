using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Rewriting;

/// <summary>The small bodies that the weaver writes: they load their arguments and call.</summary>
internal static class Stubs
{
    public static ILProcessor Clear(MethodDefinition stub)
    {
        stub.Body = new MethodBody(stub);
        stub.DebugInformation.SequencePoints.Clear();
        stub.DebugInformation.Scope = null;
        return stub.Body.GetILProcessor();
    }

    public static void LoadArgument(ILProcessor il, MethodDefinition method, int index)
    {
        switch (index)
        {
            case 0: il.Emit(OpCodes.Ldarg_0); break;
            case 1: il.Emit(OpCodes.Ldarg_1); break;
            case 2: il.Emit(OpCodes.Ldarg_2); break;
            case 3: il.Emit(OpCodes.Ldarg_3); break;
            default: il.Emit(OpCodes.Ldarg, method.Parameters[method.HasThis ? index - 1 : index]); break;
        }
    }
}
