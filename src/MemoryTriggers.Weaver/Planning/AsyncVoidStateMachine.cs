using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>
/// The state machine of an <c>async void</c> method, made to build a task: the two builders have the same members, so exchanging the one
/// for the other is enough. It is a class in Debug and a struct in Release.
/// </summary>
internal sealed class AsyncVoidStateMachine
{
    private const string VoidBuilder = "System.Runtime.CompilerServices.AsyncVoidMethodBuilder";
    private readonly TypeDefinition _machine;
    private readonly TypeReference _voidBuilder;
    private readonly TypeReference _taskBuilder;

    private AsyncVoidStateMachine(TypeDefinition machine, FieldDefinition builder)
    {
        _machine = machine;
        _voidBuilder = builder.FieldType;
        _taskBuilder = new TypeReference(_voidBuilder.Namespace, "AsyncTaskMethodBuilder", machine.Module, _voidBuilder.Scope,
            valueType: true);
    }

    /// <summary><see langword="null"/> when the method has no state machine of the known form.</summary>
    public static AsyncVoidStateMachine? Find(MethodDefinition method)
    {
        var attribute = method.CustomAttributes.FirstOrDefault(static attribute =>
            attribute.AttributeType.Name == "AsyncStateMachineAttribute");
        var machine = (attribute?.ConstructorArguments[0].Value as TypeReference)?.Resolve();
        var builder = machine?.Fields.SingleOrDefault(static field => field.FieldType.FullName == VoidBuilder);
        return builder is null ? null : new AsyncVoidStateMachine(machine!, builder);
    }

    /// <summary>Makes the machine build a task, and the method that starts it return that task.</summary>
    public void ReturnTask(MethodDefinition start, TypeReference task)
    {
        foreach (var field in _machine.Fields) field.FieldType = Exchange(field.FieldType);
        foreach (var method in _machine.Methods.Where(static method => method.HasBody)) Exchange(method.Body);
        Exchange(start.Body);
        start.ReturnType = task;

        var machine = start.Body.Variables.First(variable => variable.VariableType.GetElementType().FullName == _machine.FullName);
        var il = start.Body.GetILProcessor();
        foreach (var end in start.Body.Instructions.Where(static instruction => instruction.OpCode == OpCodes.Ret).ToList())
        {
            // Branches to the return must come here, so the instruction itself becomes the first of the new ones.
            end.OpCode = _machine.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc;
            end.Operand = machine;
            var load = il.Create(OpCodes.Ldflda, Builder(machine.VariableType));
            var call = il.Create(OpCodes.Call, new MethodReference("get_Task", task, _taskBuilder) { HasThis = true });
            il.InsertAfter(end, load);
            il.InsertAfter(load, call);
            il.InsertAfter(call, il.Create(OpCodes.Ret));
        }
    }

    private FieldReference Builder(TypeReference machine)
    {
        var field = _machine.Fields.Single(field => field.FieldType == _taskBuilder);
        return machine is GenericInstanceType ? new FieldReference(field.Name, field.FieldType, machine) : field;
    }

    private void Exchange(MethodBody body)
    {
        foreach (var variable in body.Variables) variable.VariableType = Exchange(variable.VariableType);
        foreach (var instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                FieldReference field when field.FieldType.FullName == VoidBuilder && field is not FieldDefinition =>
                    new FieldReference(field.Name, _taskBuilder, field.DeclaringType),
                GenericInstanceMethod method when method.DeclaringType.FullName == VoidBuilder => Exchange(method),
                MethodReference method when method.DeclaringType.FullName == VoidBuilder => ExchangeMember(method),
                TypeReference type => Exchange(type),
                var other => other,
            };
        }
    }

    private GenericInstanceMethod Exchange(GenericInstanceMethod method)
    {
        var exchanged = new GenericInstanceMethod(ExchangeMember(method.ElementMethod));
        foreach (var argument in method.GenericArguments) exchanged.GenericArguments.Add(argument);
        return exchanged;
    }

    // A copy: references are shared with other methods of the module, which keep their builder.
    private MethodReference ExchangeMember(MethodReference method)
    {
        var exchanged = new MethodReference(method.Name, Exchange(method.ReturnType), _taskBuilder)
        {
            HasThis = method.HasThis,
            ExplicitThis = method.ExplicitThis,
            CallingConvention = method.CallingConvention,
        };
        foreach (var parameter in method.GenericParameters)
            exchanged.GenericParameters.Add(new GenericParameter(parameter.Name, exchanged));
        foreach (var parameter in method.Parameters)
            exchanged.Parameters.Add(new ParameterDefinition(Rebind(parameter.ParameterType, exchanged)));
        return exchanged;
    }

    // ref !!0 must mean the copy's own parameter.
    private static TypeReference Rebind(TypeReference type, MethodReference owner) => type switch
    {
        ByReferenceType reference => new ByReferenceType(Rebind(reference.ElementType, owner)),
        GenericParameter { Type: GenericParameterType.Method } parameter => owner.GenericParameters[parameter.Position],
        _ => type,
    };

    private TypeReference Exchange(TypeReference type) => type.FullName == VoidBuilder ? _taskBuilder : type;
}
