using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG015: a trigger in a project whose version of C# is older than what the wrappers are written in.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LanguageVersionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.LanguageVersion];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (CompilationTarget.Version(start.Compilation) >= CompilationTarget.Oldest) return;
            start.RegisterSymbolAction(
                static symbol => Report(symbol.Symbol, symbol.Compilation, symbol.ReportDiagnostic, symbol.CancellationToken),
                SymbolKind.Method, SymbolKind.NamedType);
            start.RegisterSemanticModelAction(AnalyzeAssembly);
        });
    }

    // Attributes of the assembly belong to no symbol of a file: each file reports its own.
    private static void AnalyzeAssembly(SemanticModelAnalysisContext context)
    {
        var compilation = context.SemanticModel.Compilation;
        Action<Diagnostic> report = diagnostic =>
        {
            if (diagnostic.Location.SourceTree == context.SemanticModel.SyntaxTree) context.ReportDiagnostic(diagnostic);
        };
        Report(compilation.Assembly, compilation, report, context.CancellationToken);
    }

    private static void Report(ISymbol symbol, Compilation compilation, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (!TriggerAttributes.IsTrigger(attribute) && !TriggerAttributes.IsCallTrigger(attribute)) continue;
            report(Diagnostic.Create(
                TriggerDiagnostics.LanguageVersion, AttributePlaces.Of(attribute, cancellationToken),
                CompilationTarget.Oldest.ToDisplayString(), CompilationTarget.Version(compilation).ToDisplayString()));
        }
    }
}
