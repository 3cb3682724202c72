using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Rewriting;

/// <summary>
/// Moves a method's body, with its debug information, to a private method of its own. The method keeps its token, slot, overrides and
/// attributes, and is left without a body.
/// </summary>
internal static class BodyMover
{
    // How the code is to run goes with the code.
    private const MethodImplAttributes OfTheBody =
        MethodImplAttributes.Synchronized | MethodImplAttributes.NoInlining | MethodImplAttributes.NoOptimization |
        MethodImplAttributes.AggressiveInlining | (MethodImplAttributes)0x200;

    public static MethodDefinition Move(MethodDefinition method)
    {
        var target = Declare(method);
        MoveCode(method, target);
        MoveDebugInformation(method.DebugInformation, target.DebugInformation);
        method.DeclaringType.Methods.Insert(method.DeclaringType.Methods.IndexOf(method) + 1, target);
        method.ImplAttributes &= ~OfTheBody;
        return target;
    }

    private static MethodDefinition Declare(MethodDefinition method)
    {
        var target = new MethodDefinition(
            $"<{method.Name}>body", MethodAttributes.Private | MethodAttributes.HideBySig | method.Attributes & MethodAttributes.Static,
            method.ReturnType)
        {
            HasThis = method.HasThis,
            ExplicitThis = method.ExplicitThis,
            CallingConvention = method.CallingConvention,
            ImplAttributes = method.ImplAttributes,
        };
        foreach (var parameter in method.GenericParameters)
        {
            var copy = new GenericParameter(parameter.Name, target) { Attributes = parameter.Attributes };
            foreach (var constraint in parameter.Constraints)
                copy.Constraints.Add(new GenericParameterConstraint(constraint.ConstraintType));
            foreach (var attribute in parameter.CustomAttributes) copy.CustomAttributes.Add(attribute);
            target.GenericParameters.Add(copy);
        }

        foreach (var parameter in method.Parameters)
        {
            var attributes = parameter.Attributes & ~(ParameterAttributes.HasDefault | ParameterAttributes.Optional
                | ParameterAttributes.HasFieldMarshal);
            var copy = new ParameterDefinition(parameter.Name, attributes, parameter.ParameterType);
            CopyAnalysis(parameter, copy);
            target.Parameters.Add(copy);
        }

        CopyAnalysis(method, target);
        CopyAnalysis(method.MethodReturnType, target.MethodReturnType);
        return target;
    }

    // What the trimmer must know of the code.
    private static void CopyAnalysis(ICustomAttributeProvider from, ICustomAttributeProvider to)
    {
        foreach (var attribute in from.CustomAttributes.Where(static attribute =>
            attribute.AttributeType.Namespace == "System.Diagnostics.CodeAnalysis"))
        {
            to.CustomAttributes.Add(attribute);
        }
    }

    private static void MoveCode(MethodDefinition method, MethodDefinition target)
    {
        var from = method.Body;
        var to = target.Body;
        to.InitLocals = from.InitLocals;
        to.MaxStackSize = from.MaxStackSize;
        foreach (var variable in from.Variables) to.Variables.Add(variable);
        foreach (var instruction in from.Instructions)
        {
            if (instruction.Operand is ParameterDefinition parameter)
            {
                instruction.Operand = parameter == from.ThisParameter ? to.ThisParameter : target.Parameters[parameter.Index];
            }

            to.Instructions.Add(instruction);
        }

        foreach (var handler in from.ExceptionHandlers) to.ExceptionHandlers.Add(handler);
    }

    private static void MoveDebugInformation(MethodDebugInformation from, MethodDebugInformation to)
    {
        foreach (var point in from.SequencePoints) to.SequencePoints.Add(point);
        foreach (var custom in from.CustomDebugInformations) to.CustomDebugInformations.Add(custom);
        to.Scope = from.Scope;
        from.SequencePoints.Clear();
        from.CustomDebugInformations.Clear();
        from.Scope = null;
    }
}
