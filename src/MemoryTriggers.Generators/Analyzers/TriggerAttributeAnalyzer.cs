using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG003, MTG004, MTG005: what a trigger's attribute says, looked at together with its method.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TriggerAttributeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [TriggerDiagnostics.UnmarkedSecret, TriggerDiagnostics.EmptySubject, TriggerDiagnostics.DuplicateTrigger];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialImplementationPart is not null) return;
        var triggers = method.GetAttributes().Where(TriggerAttributes.IsTrigger).ToList();
        if (triggers.Count == 0) return;

        var models = triggers.ConvertAll(attribute => TriggerAttributes.Read(attribute, method));
        if (models.Exists(static model => model.CaptureArguments)) Secrets(context, method);
        for (var index = 0; index < triggers.Count; index++)
        {
            if (triggers[index].ConstructorArguments.Length > 0 && string.IsNullOrWhiteSpace(models[index].Subject))
            {
                Report(context, TriggerDiagnostics.EmptySubject, triggers[index], triggers[index].AttributeConstructor!.Parameters[0].Name);
            }

            if (models.FindIndex(other => IsSame(other, models[index])) is >= 0 and var first && first < index)
            {
                Report(context, TriggerDiagnostics.DuplicateTrigger, triggers[index], method.Name);
            }
        }
    }

    // One for successes and one for failures are no duplicates: no call is remembered twice.
    private static bool IsSame(TriggerModel left, TriggerModel right) =>
        left.Type == right.Type && left.Subject == right.Subject &&
        (left.CaptureOnSuccess && right.CaptureOnSuccess || left.CaptureOnError && right.CaptureOnError);

    // Texts under such a name are left out by name already; everything else would be written.
    private static void Secrets(SymbolAnalysisContext context, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.SpecialType == SpecialType.System_String || parameter.Type.IsValueType && parameter.Type.SpecialType != SpecialType.None) continue;
            if (parameter.Type.Name == "CancellationToken" || !Capture.SensitiveNames.Contains(parameter.Name)) continue;
            if (TriggerAttributes.IsSensitive(parameter.GetAttributes()) || TriggerAttributes.IsSensitive(parameter.Type.GetAttributes())) continue;
            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.UnmarkedSecret, parameter.Locations[0], parameter.Name));
        }
    }

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor descriptor, AttributeData attribute, string argument) =>
        context.ReportDiagnostic(Diagnostic.Create(
            descriptor, attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation(), argument));
}
