using System.Text;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis.CSharp;

namespace MemoryTriggers.Generators.Emission;

/// <summary>
/// Writes the class with the trigger's descriptor. It is not generic, so that there is one descriptor for a method and not one for
/// each of its instantiations.
/// </summary>
internal static class DefinitionEmitter
{
    public static void Emit(StringBuilder text, WrapperModel model)
    {
        var trigger = model.Trigger;
        text.AppendLine("    [global::System.Runtime.CompilerServices.CompilerGenerated]");
        text.AppendLine("    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]");
        text.AppendLine($"    internal static class {model.ClassName}_Info");
        text.AppendLine("    {");
        text.AppendLine("        internal static readonly global::MemoryTriggers.Capture.TriggerDescriptor Descriptor = " +
            "global::MemoryTriggers.TriggerHub.Describe(");
        text.AppendLine("            new global::MemoryTriggers.Capture.TriggerDefinition");
        text.AppendLine("            {");
        text.AppendLine($"                Type = global::MemoryTriggers.TriggerType.{trigger.Type},");
        Text(text, "Operation", trigger.Operation);
        Text(text, "DeclaringType", trigger.DeclaringType);
        Text(text, "TypeName", trigger.TypeName);
        Text(text, "MessageType", trigger.MessageType);
        Text(text, "Signature", trigger.Signature);
        Text(text, "Subject", trigger.Subject);
        Text(text, "Project", trigger.Project);
        Text(text, "Content", trigger.Content);
        if (trigger.Priority is { } priority)
            text.AppendLine($"                Priority = (global::MemoryTriggers.TriggerPriority){priority},");
        List(text, "Tags", trigger.Tags);
        List(text, "Parameters", trigger.Parameters);
        List(text, "ParameterTypes", trigger.ParameterTypes);
        Text(text, "ResultType", trigger.ResultType);
        if (trigger.CaptureArguments) text.AppendLine("                CaptureArguments = true,");
        if (!trigger.CaptureResult) text.AppendLine("                CaptureResult = false,");
        if (!trigger.CaptureOnSuccess) text.AppendLine("                CaptureOnSuccess = false,");
        if (!trigger.CaptureOnError) text.AppendLine("                CaptureOnError = false,");
        if (trigger.Durability != 0)
            text.AppendLine($"                Durability = (global::MemoryTriggers.MemoryDurability){trigger.Durability},");
        if (trigger.IsCommandLine) text.AppendLine("                IsCommandLine = true,");
        if (!trigger.RememberEach) text.AppendLine("                RememberEach = false,");
        text.AppendLine("            });");
        text.AppendLine("    }");
    }

    private static void Text(StringBuilder text, string name, string? value)
    {
        if (value is not null) text.AppendLine($"                {name} = {Literal(value)},");
    }

    private static void List(StringBuilder text, string name, EquatableArray<string> values)
    {
        if (values.Count > 0) text.AppendLine($"                {name} = new string[] {{ {string.Join(", ", values.Select(Literal))} }},");
    }

    private static string Literal(string value) => SymbolDisplay.FormatLiteral(value, quote: true);
}
