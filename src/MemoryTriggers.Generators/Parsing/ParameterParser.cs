using System.Collections.Immutable;
using MemoryTriggers.Capture;
using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>Turns parameters into models: how each is declared, passed on, and captured.</summary>
internal sealed class ParameterParser(TypeNames names, TriggerModel trigger, ImmutableArray<IParameterSymbol> all)
{
    // In this order: the first that exists names the project.
    private static readonly string[] ProjectNames = ["projectName", "project", "projectId"];

    private readonly string? _projectParameter = trigger.Project is not null
        ? null
        : ProjectNames.FirstOrDefault(name =>
            all.Any(parameter => parameter.Name == name && parameter.Type.SpecialType == SpecialType.System_String));

    public ParameterModel Parse(IParameterSymbol parameter)
    {
        var kind = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        };
        var scope = parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out ? "scoped " : "";
        var name = "@" + (WrapperNames.Contains(parameter.Name) ? $"__{all.IndexOf(parameter)}" : parameter.Name);
        return new ParameterModel(
            $"{scope}{kind}{names.Of(parameter.Type)} {name}",
            (parameter.RefKind == RefKind.RefReadOnlyParameter ? "in " : kind) + name,
            name,
            all.IndexOf(parameter),
            Capture(parameter),
            parameter.Type.Name.Length > 0
                ? parameter.Type.Name
                : parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            parameter.Name == _projectParameter && parameter.RefKind != RefKind.Out);
    }

    private ParameterCapture Capture(IParameterSymbol parameter)
    {
        var isText = parameter.Type.SpecialType == SpecialType.System_String;
        var isWanted = trigger.CaptureArguments || IsInTemplate(parameter.Name);
        if (IsSensitive(parameter))
        {
            if (isText && parameter.RefKind == RefKind.Out) return ParameterCapture.None;
            if (parameter.RefKind == RefKind.Out || !Capturable.Is(parameter.Type)) return ParameterCapture.None;
            return isWanted ? ParameterCapture.Sensitive : isText ? ParameterCapture.SensitiveText : ParameterCapture.None;
        }

        if (!isWanted) return ParameterCapture.None;
        if (!Capturable.Is(parameter.Type))
            return parameter.RefKind == RefKind.Out ? ParameterCapture.None : ParameterCapture.NotCapturable;
        return parameter.RefKind == RefKind.Out ? ParameterCapture.After : ParameterCapture.Before;
    }

    private static bool IsSensitive(IParameterSymbol parameter) =>
        TriggerAttributes.IsSensitive(parameter.GetAttributes()) || TriggerAttributes.IsSensitive(parameter.Type.GetAttributes()) ||
        SecretTypes.IsSecretByName(parameter);

    // A template that names a parameter asks for it, whatever CaptureArguments says.
    private bool IsInTemplate(string name) =>
        trigger.Content is { } template && TemplateNames.Contains(template, name);
}
