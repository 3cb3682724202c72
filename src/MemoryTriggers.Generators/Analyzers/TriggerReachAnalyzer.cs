using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG013: a trigger on a type or an assembly that no method gets, and an exclusion that excludes nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TriggerReachAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.NoReach];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterSemanticModelAction(AnalyzeAssembly);
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialImplementationPart is not null || !TriggerAttributes.IsExcluded(method) || AppliedTriggers.On(method).Length == 0)
            return;
        Report(context.ReportDiagnostic, AppliedTriggers.On(method)[0],
            $"is on '{method.Name}' itself and applies in spite of [NoMemoryTrigger]; remove one of them", context.CancellationToken);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (var trigger in AppliedTriggers.On(type))
        {
            if (AppliedTriggers.Candidates(type).Any(method => TriggerPattern.Matches(trigger, method, type))) continue;
            Report(context.ReportDiagnostic, trigger,
                $"matches no method of '{type.Name}' that has no trigger of its own and can be woven; see Members, " +
                    "MethodPattern and Implements",
                context.CancellationToken);
        }
    }

    private static void AnalyzeAssembly(SemanticModelAnalysisContext context)
    {
        var assembly = context.SemanticModel.Compilation.Assembly;
        foreach (var trigger in AppliedTriggers.On(assembly)
            .Where(trigger => AttributePlaces.StandsIn(trigger, context.SemanticModel.SyntaxTree)))
        {
            var isUsed = AppliedTriggers.Types(assembly.GlobalNamespace, context.CancellationToken).SelectMany(AppliedTriggers.Candidates)
                .Any(method => AppliedTriggers.Of(method).Any(applied => AttributePlaces.AreOne(applied, trigger)));
            if (!isUsed)
                Report(context.ReportDiagnostic, trigger, "matches no method of this assembly; see Members, MethodPattern, " +
                    "TypePattern and Implements",
                    context.CancellationToken);
        }
    }

    private static void Report(Action<Diagnostic> report, AttributeData trigger, string reason, CancellationToken cancellationToken) =>
        report(Diagnostic.Create(TriggerDiagnostics.NoReach, AttributePlaces.Of(trigger, cancellationToken), reason));
}
