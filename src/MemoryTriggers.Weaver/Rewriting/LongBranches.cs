using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Rewriting;

/// <summary>A short branch reaches 127 bytes. Where instructions are put between, all branches of the body become long ones.</summary>
internal static class LongBranches
{
    private static readonly Dictionary<Code, OpCode> Long = new()
    {
        [Code.Br_S] = OpCodes.Br,
        [Code.Brfalse_S] = OpCodes.Brfalse,
        [Code.Brtrue_S] = OpCodes.Brtrue,
        [Code.Beq_S] = OpCodes.Beq,
        [Code.Bge_S] = OpCodes.Bge,
        [Code.Bgt_S] = OpCodes.Bgt,
        [Code.Ble_S] = OpCodes.Ble,
        [Code.Blt_S] = OpCodes.Blt,
        [Code.Bne_Un_S] = OpCodes.Bne_Un,
        [Code.Bge_Un_S] = OpCodes.Bge_Un,
        [Code.Bgt_Un_S] = OpCodes.Bgt_Un,
        [Code.Ble_Un_S] = OpCodes.Ble_Un,
        [Code.Blt_Un_S] = OpCodes.Blt_Un,
        [Code.Leave_S] = OpCodes.Leave,
    };

    public static void In(MethodBody body)
    {
        foreach (var instruction in body.Instructions)
        {
            if (Long.TryGetValue(instruction.OpCode.Code, out var branch)) instruction.OpCode = branch;
        }
    }
}
