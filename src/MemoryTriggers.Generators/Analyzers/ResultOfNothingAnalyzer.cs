using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG009: <c>CaptureResult = true</c> is written on a method that returns nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ResultOfNothingAnalyzer : DiagnosticAnalyzer
{
    private const string Setting = "CaptureResult";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.ResultOfNothing];

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
        if (method.PartialImplementationPart is not null || MethodResult.Of(method) is not null) return;

        foreach (var attribute in method.GetAttributes().Where(TriggerAttributes.IsTrigger))
        {
            // It is on by default, so only an explicit setting is a mistake.
            if (!attribute.NamedArguments.Any(static argument => argument is { Key: Setting, Value.Value: true })) continue;
            var place = AttributePlaces.Setting(attribute, Setting, context.CancellationToken)?.GetLocation()
                ?? AttributePlaces.Of(attribute, context.CancellationToken);
            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.ResultOfNothing, place, method.Name));
        }
    }
}
