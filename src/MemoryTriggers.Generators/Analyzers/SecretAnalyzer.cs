using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG003: a captured argument or result whose name says that it is a secret.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.UnmarkedSecret];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        context.RegisterSemanticModelAction(AnalyzeCalls);
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialImplementationPart is not null) return;

        var triggers = AppliedTriggers.Of(method);
        if (triggers.Any(TriggerAttributes.CapturesArguments))
        {
            foreach (var parameter in SecretTypes.Unmarked(method))
            {
                Report(context.ReportDiagnostic, parameter.Locations[0],
                    $"argument '{parameter.Name}'", "mark it with [Sensitive]");
            }
        }

        if (SecretTypes.IsResultUnmarked(method) && triggers.Any(trigger => TriggerAttributes.CapturesResult(trigger, method)))
        {
            Report(context.ReportDiagnostic, method.Locations[0], $"result of '{SecretTypes.NameOf(method)}'",
                "mark it with [return: Sensitive], or set CaptureResult = false");
        }
    }

    // The methods are of other assemblies, or have no body: the attribute is what can be changed.
    private static void AnalyzeCalls(SemanticModelAnalysisContext context)
    {
        var compilation = context.SemanticModel.Compilation;
        foreach (var trigger in compilation.Assembly.GetAttributes().Where(TriggerAttributes.IsCallTrigger))
        {
            if (!AttributePlaces.StandsIn(trigger, context.SemanticModel.SyntaxTree)) continue;

            var place = AttributePlaces.Of(trigger, context.CancellationToken);
            var methods = RedirectTargets.Of(trigger, compilation).Methods;
            if (TriggerAttributes.CapturesArguments(trigger)
                && methods.SelectMany(SecretTypes.Unmarked).FirstOrDefault() is { } parameter)
                Report(context.ReportDiagnostic, place, $"argument '{parameter.Name}'", "set CaptureArguments = false");
            if (methods.FirstOrDefault(SecretTypes.IsResultUnmarked) is { } method && TriggerAttributes.CapturesResult(trigger, method))
                Report(context.ReportDiagnostic, place, $"result of '{SecretTypes.NameOf(method)}'", "set CaptureResult = false");
        }
    }

    private static void Report(Action<Diagnostic> report, Location? place, string what, string remedy) =>
        report(Diagnostic.Create(TriggerDiagnostics.UnmarkedSecret, place, what, remedy));
}
