using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver;

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
        foreach (var wrapper in planned.Wrappers) wrapper.Wrapper.RemoveWraps();
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
        for (var index = 0; index < count; index++) LoadArgument(il, method, index);
        il.Emit(OpCodes.Call, On(wrapper.Wrapper.Enter, method.DeclaringType, typeArguments.Concat(wrapper.HiddenTypes)));
        il.Emit(OpCodes.Ret);
    }

    private static void FillWithBody(PlannedWrapper wrapper, MethodDefinition body)
    {
        var stub = wrapper.Wrapper.Body;
        var types = new PlaceholderCasts(body.GenericParameters.Count);
        var il = Clear(stub);
        var receiver = body.HasThis ? 1 : 0;
        for (var index = 0; index < stub.Parameters.Count; index++)
        {
            LoadArgument(il, stub, index);
            var real = index < receiver ? SignatureMatcher.SelfType(body.DeclaringType) : body.Parameters[index - receiver].ParameterType;
            types.Reveal(il, stub.Parameters[index].ParameterType, real);
        }

        il.Emit(OpCodes.Call, On(body, body.DeclaringType, stub.GenericParameters.Take(body.GenericParameters.Count)));
        types.Hide(il, stub.ReturnType, body.ReturnType);
        il.Emit(OpCodes.Ret);
    }

    // Wrappers of one method have the same placeholders in the same order: the inner one takes the outer's as they are.
    private static void FillWithWrapper(PlannedMethod planned, int index)
    {
        var stub = planned.Wrappers[index].Wrapper.Body;
        var inner = planned.Wrappers[index + 1].Wrapper;
        var il = Clear(stub);
        for (var argument = 0; argument < stub.Parameters.Count; argument++) LoadArgument(il, stub, argument);

        if (planned.IsAsyncVoid)
        {
            // The inner one must give its task outward, too; only the outermost stands in for the method.
            var captured = inner.Type.Methods.Single(static method => method.Name == "EnterTask");
            il.Emit(OpCodes.Call, On(captured, planned.Method.DeclaringType, stub.GenericParameters));
        }
        else
        {
            il.Emit(OpCodes.Call, On(inner.Enter, planned.Method.DeclaringType, stub.GenericParameters));
        }

        il.Emit(OpCodes.Ret);
    }

    private static ILProcessor Clear(MethodDefinition stub)
    {
        stub.Body = new MethodBody(stub);
        stub.DebugInformation.SequencePoints.Clear();
        stub.DebugInformation.Scope = null;
        return stub.Body.GetILProcessor();
    }

    /// <summary>A reference to a method of a nested class, or of the type itself, with the type's own parameters as arguments.</summary>
    private static MethodReference On(MethodDefinition target, TypeDefinition type, IEnumerable<TypeReference> typeArguments)
    {
        MethodReference reference = target;
        if (type.HasGenericParameters)
        {
            var declaring = new GenericInstanceType(target.DeclaringType);
            foreach (var parameter in type.GenericParameters) declaring.GenericArguments.Add(parameter);
            reference = new MethodReference(target.Name, target.ReturnType, declaring)
            {
                HasThis = target.HasThis,
                ExplicitThis = target.ExplicitThis,
                CallingConvention = target.CallingConvention,
            };
            foreach (var parameter in target.Parameters) reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
            foreach (var parameter in target.GenericParameters) reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        }

        if (!target.HasGenericParameters) return reference;

        var instance = new GenericInstanceMethod(reference);
        foreach (var argument in typeArguments) instance.GenericArguments.Add(argument);
        return instance;
    }

    private static void LoadArgument(ILProcessor il, MethodDefinition method, int index)
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

    // The method itself would show above its body, a second time. An asynchronous one does not show: its state machine does, under the
    // method's name, and that needs the method to be seen.
    private static void HideFromTraces(MethodDefinition method, TypeDefinition wrapper)
    {
        if (method.CustomAttributes.Any(static attribute => attribute.AttributeType.Name is "AsyncStateMachineAttribute" or "AsyncIteratorStateMachineAttribute" or "IteratorStateMachineAttribute")) return;
        var hidden = wrapper.CustomAttributes.Single(static attribute => attribute.AttributeType.Name == "StackTraceHiddenAttribute");
        method.CustomAttributes.Add(new CustomAttribute(hidden.Constructor));
    }
}
