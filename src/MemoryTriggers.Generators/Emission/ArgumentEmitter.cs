using System.Text;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis.CSharp;

namespace MemoryTriggers.Generators.Emission;

/// <summary>Writes what goes into the record: arguments before the body runs, out parameters and the result after.</summary>
internal static class ArgumentEmitter
{
    public static void Before(StringBuilder text, WrapperModel model)
    {
        foreach (var parameter in model.Parameters)
        {
            if (parameter.NamesProject) text.AppendLine($"            __record.Project({parameter.Name});");
            var statement = parameter.Capture switch
            {
                ParameterCapture.Before => $"__record.Argument({parameter.Index}, {parameter.Name});",
                ParameterCapture.Sensitive => $"__record.Sensitive({parameter.Index}, {parameter.Name});",
                ParameterCapture.SensitiveText => $"__record.Sensitive({parameter.Name});",
                ParameterCapture.NotCapturable =>
                    $"__record.NotCaptured({parameter.Index}, " +
                        $"{SymbolDisplay.FormatLiteral($"[not captured: {parameter.TypeName}]", quote: true)});",
                _ => null,
            };
            if (statement is not null) text.AppendLine("            " + statement);
        }
    }

    public static void After(StringBuilder text, WrapperModel model)
    {
        foreach (var parameter in model.Parameters)
        {
            if (parameter.Capture == ParameterCapture.After)
                text.AppendLine($"            __record.Argument({parameter.Index}, {parameter.Name});");
        }
    }

    public static string Result(WrapperModel model) => model switch
    {
        { IsResultSensitive: true } => "__record.SensitiveResult();",
        { CanCaptureResult: true } => "__record.Result(__result);",
        _ => "__record.Succeed();",
    };
}
