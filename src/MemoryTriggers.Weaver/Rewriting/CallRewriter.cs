using MemoryTriggers.Weaver.Planning;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Rewriting;

/// <summary>Leads calls to the wrapper, and lets the wrapper make the call.</summary>
internal static class CallRewriter
{
    public static void Rewrite(PlannedCalls planned)
    {
        var target = planned.Sites[0].Operand.GetElementMethod();
        foreach (var site in planned.Sites) Redirect(site, planned);
        for (var index = 0; index < planned.Wrappers.Count; index++)
        {
            var inner = index + 1 < planned.Wrappers.Count ? planned.Wrappers[index + 1].Enter : target;
            Fill(planned.Wrappers[index].Body, inner, inner == target && !planned.Target.IsStatic
                && !planned.Target.DeclaringType.IsValueType);
            planned.Wrappers[index].RemoveMark();
        }
    }

    private static void Redirect(PlannedCall site, PlannedCalls planned)
    {
        var arguments = (site.Operand as GenericInstanceMethod)?.GenericArguments.ToArray() ?? [];
        var enter = MethodReferences.Of(planned.Wrappers[0].Enter, Arguments(site.Operand.DeclaringType), arguments);
        switch (site.Instruction.OpCode.Code)
        {
            case Code.Ldvirtftn:
                BehindVirtualAddress(site, enter);
                break;
            case Code.Ldftn when planned.Target.HasThis:
                BehindAddress(site, enter);
                break;
            case Code.Ldftn:
                site.Instruction.Operand = enter;
                break;
            default:
                (site.Instruction.OpCode, site.Instruction.Operand) = (OpCodes.Call, enter);
                break;
        }
    }

    // The delegate is closed over the receiver, now the wrapper's first argument. The virtual address is still taken, because it throws
    // for a receiver that is null, and the delegate of a static method would not.
    private static void BehindVirtualAddress(PlannedCall site, MethodReference enter)
    {
        LongBranches.In(site.Caller.Body);
        var il = site.Caller.Body.GetILProcessor();
        var drop = il.Create(OpCodes.Pop);
        il.InsertAfter(site.Instruction, drop);
        il.InsertAfter(drop, il.Create(OpCodes.Ldftn, enter));
    }

    // Likewise: the delegate of the method itself is made, for its exception, and dropped.
    private static void BehindAddress(PlannedCall site, MethodReference enter)
    {
        LongBranches.In(site.Caller.Body);
        var il = site.Caller.Body.GetILProcessor();
        var creation = site.Instruction.Next;
        Instruction[] more = [il.Create(OpCodes.Ldftn, site.Operand), il.Create(OpCodes.Newobj, (MethodReference)creation.Operand),
            il.Create(OpCodes.Pop), il.Create(OpCodes.Ldftn, enter)];
        (site.Instruction.OpCode, site.Instruction.Operand) = (OpCodes.Dup, null);
        foreach (var instruction in more) il.InsertBefore(creation, instruction);
    }

    private static void Fill(MethodDefinition stub, MethodReference inner, bool isVirtual)
    {
        var il = Stubs.Clear(stub);
        for (var argument = 0; argument < stub.Parameters.Count; argument++) Stubs.LoadArgument(il, stub, argument);
        il.Emit(isVirtual
            ? OpCodes.Callvirt
            : OpCodes.Call, MethodReferences.Of(inner, stub.DeclaringType.GenericParameters, stub.GenericParameters));
        il.Emit(OpCodes.Ret);
    }

    private static IEnumerable<TypeReference> Arguments(TypeReference declaring) =>
        declaring is GenericInstanceType instance ? instance.GenericArguments : [];
}
