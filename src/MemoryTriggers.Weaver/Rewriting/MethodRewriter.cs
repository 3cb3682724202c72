using MemoryTriggers.Weaver.Planning;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Rewriting;

/// <summary>
/// The four moves: the wrapper becomes a private nested class of the type, the body becomes a method of its own, the method calls the
/// wrapper, and the wrapper's stub calls the body.
/// </summary>
internal static class MethodRewriter
{
    public static void Rewrite(PlannedMethod planned)
    {
        var method = planned.Method;
        var body = BodyMover.Move(method);
        if (planned.IsAsyncVoid) AsyncVoidStateMachine.Find(method)!.ReturnTask(body, planned.Wrappers[0].Wrapper.Body.ReturnType);
        foreach (var wrapper in planned.Wrappers)
        {
            Nest(wrapper.Wrapper, method.DeclaringType);
            WrapperConstraints.Restore(wrapper.Wrapper.Type, method);
        }

        CallWrapper(method, planned.Wrappers[0], method.GenericParameters);
        for (var index = 0; index < planned.Wrappers.Count; index++)
        {
            if (index + 1 < planned.Wrappers.Count) FillWithWrapper(planned, index);
            else FillWithBody(planned.Wrappers[index], body);
        }

        HideFromTraces(method, planned.Wrappers[0].Wrapper.Type);
        foreach (var wrapper in planned.Wrappers) wrapper.Wrapper.RemoveMark();
    }

    private static void Nest(Wrapper wrapper, TypeDefinition type)
    {
        var nested = wrapper.Type;
        nested.Module.Types.Remove(nested);
        nested.Namespace = "";
        nested.Attributes = nested.Attributes & ~TypeAttributes.VisibilityMask | TypeAttributes.NestedPrivate;
        type.NestedTypes.Add(nested);
    }

    private static void CallWrapper(MethodDefinition method, PlannedWrapper wrapper, IEnumerable<TypeReference> typeArguments)
    {
        method.Body = new MethodBody(method);
        var il = method.Body.GetILProcessor();
        var count = method.Parameters.Count + (method.HasThis ? 1 : 0);
        for (var index = 0; index < count; index++) Stubs.LoadArgument(il, method, index);
        il.Emit(OpCodes.Call,
            MethodReferences.Of(wrapper.Wrapper.Enter, method.DeclaringType.GenericParameters, typeArguments.Concat(wrapper.HiddenTypes)));
        il.Emit(OpCodes.Ret);
    }

    private static void FillWithBody(PlannedWrapper wrapper, MethodDefinition body)
    {
        var stub = wrapper.Wrapper.Body;
        var types = new PlaceholderCasts(body.GenericParameters.Count);
        var il = Stubs.Clear(stub);
        var receiver = body.HasThis ? 1 : 0;
        for (var index = 0; index < stub.Parameters.Count; index++)
        {
            Stubs.LoadArgument(il, stub, index);
            var real = index < receiver ? SignatureMatcher.SelfType(body.DeclaringType) : body.Parameters[index - receiver].ParameterType;
            types.Reveal(il, stub.Parameters[index].ParameterType, real);
        }

        il.Emit(OpCodes.Call,
            MethodReferences.Of(body, body.DeclaringType.GenericParameters, stub.GenericParameters.Take(body.GenericParameters.Count)));
        types.Hide(il, stub.ReturnType, body.ReturnType);
        il.Emit(OpCodes.Ret);
    }

    // Wrappers of one method have the same placeholders in the same order: the inner one takes the outer's as they are.
    private static void FillWithWrapper(PlannedMethod planned, int index)
    {
        var stub = planned.Wrappers[index].Wrapper.Body;
        var inner = planned.Wrappers[index + 1].Wrapper;
        var il = Stubs.Clear(stub);
        for (var argument = 0; argument < stub.Parameters.Count; argument++) Stubs.LoadArgument(il, stub, argument);

        if (planned.IsAsyncVoid)
        {
            // The inner one must give its task outward, too; only the outermost replaces the method.
            var captured = inner.Type.Methods.Single(static method => method.Name == "EnterTask");
            il.Emit(OpCodes.Call, MethodReferences.Of(captured, planned.Method.DeclaringType.GenericParameters, stub.GenericParameters));
        }
        else
        {
            il.Emit(OpCodes.Call, MethodReferences.Of(inner.Enter, planned.Method.DeclaringType.GenericParameters, stub.GenericParameters));
        }

        il.Emit(OpCodes.Ret);
    }

    // The method itself would show above its body, a second time. An asynchronous one does not show: its state machine does, under the
    // method's name, and that needs the method to be seen.
    private static void HideFromTraces(MethodDefinition method, TypeDefinition wrapper)
    {
        if (method.CustomAttributes.Any(static attribute => attribute.AttributeType.Name
            is "AsyncStateMachineAttribute" or "AsyncIteratorStateMachineAttribute" or "IteratorStateMachineAttribute")) return;
        // Older frameworks have no such attribute, and the wrapper does not either.
        var hidden = wrapper.CustomAttributes.FirstOrDefault(static attribute =>
            attribute.AttributeType.Name == "StackTraceHiddenAttribute");
        if (hidden is not null) method.CustomAttributes.Add(new CustomAttribute(hidden.Constructor));
    }
}
