using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG014: a trigger on the calls of another assembly's method that names none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallTargetAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.NoCallTarget];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSemanticModelAction(Analyze);
    }

    private static void Analyze(SemanticModelAnalysisContext context)
    {
        var compilation = context.SemanticModel.Compilation;
        foreach (var trigger in compilation.Assembly.GetAttributes().Where(TriggerAttributes.IsCallTrigger))
        {
            if (!AttributePlaces.StandsIn(trigger, context.SemanticModel.SyntaxTree)) continue;
            if (RedirectTargets.Of(trigger, compilation).Problem is not { } problem) continue;
            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.NoCallTarget,
                AttributePlaces.Of(trigger, context.CancellationToken), problem));
        }
    }
}
