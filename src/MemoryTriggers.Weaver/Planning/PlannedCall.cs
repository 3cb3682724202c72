using MemoryTriggers.Weaver.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>One instruction that calls a method, or takes its address for a delegate.</summary>
internal sealed class PlannedCall(MethodDefinition caller, Instruction instruction)
{
    public MethodDefinition Caller { get; } = caller;

    public Instruction Instruction { get; } = instruction;

    public MethodReference Operand => (MethodReference)Instruction.Operand;

    private bool IsDelegate => Instruction.OpCode.Code is Code.Ldftn or Code.Ldvirtftn;

    /// <summary>Where the source says it, as far as the symbols tell.</summary>
    public SourcePosition? Position => SourcePosition.Of(Caller, Instruction.Offset);

    public static bool IsCall(Instruction instruction) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Ldftn or Code.Ldvirtftn;

    /// <summary>
    /// <c>base.Method()</c>: part of the override around it. The compiler calls a virtual method directly for that, and where there
    /// can be no override.
    /// </summary>
    public bool IsBaseCall(MethodDefinition target) =>
        Instruction.OpCode.Code is Code.Call or Code.Ldftn && target is { HasThis: true, IsVirtual: true, IsFinal: false } &&
        !target.DeclaringType.IsValueType && !target.DeclaringType.IsSealed;

    /// <summary>Why the call cannot be led elsewhere; <see langword="null"/> when it can.</summary>
    public string? Obstacle(MethodDefinition target)
    {
        if (Instruction.Previous?.OpCode.Code == Code.Constrained) return "is made on a value of a type parameter";
        if (!IsDelegate || !target.HasThis) return null;
        if (target.DeclaringType.IsValueType) return "goes through a delegate of a struct's method";
        return Instruction.Next?.OpCode.Code == Code.Newobj ? null : "goes through an address that no delegate is made of";
    }
}
