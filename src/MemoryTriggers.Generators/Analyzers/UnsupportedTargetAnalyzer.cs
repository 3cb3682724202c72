using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG001: what cannot be woven is said at the attribute, never skipped in silence.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsupportedTargetAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.UnsupportedTarget];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        context.RegisterSyntaxNodeAction(
            AnalyzeFunction, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression,
            SyntaxKind.SimpleLambdaExpression);
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialImplementationPart is not null || Reason(method) is not { } reason) return;

        foreach (var attribute in method.GetAttributes().Where(TriggerAttributes.IsTrigger))
        {
            Report(context.ReportDiagnostic, attribute, method.Name, reason, context.CancellationToken);
        }
    }

    private static void AnalyzeFunction(SyntaxNodeAnalysisContext context)
    {
        var (symbol, kind) = context.Node is LocalFunctionStatementSyntax
            ? (context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken), "a local function")
            : (context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol, "a lambda");
        foreach (var attribute in symbol?.GetAttributes().Where(TriggerAttributes.IsTrigger) ?? [])
        {
            Report(
                context.ReportDiagnostic, attribute, symbol!.Name.Length > 0 ? symbol.Name : "lambda",
                $"{kind} has no name that lasts; make it a method, or open a TriggerScope inside", context.CancellationToken);
        }
    }

    private static string? Reason(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor } =>
            "constructors and finalizers have no result to remember; open a TriggerScope inside",
        { IsAbstract: true, ContainingType.TypeKind: TypeKind.Interface } =>
            "an interface member without a body does not run; decorate the implementation",
        { IsAbstract: true } => "an abstract method does not run; decorate the override",
        { IsExtern: true } => "an extern method has no body to go around; decorate a method that calls it",
        { IsPartialDefinition: true, PartialImplementationPart: null } => "the partial method has no implementation",
        _ when method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "LibraryImportAttribute") =>
            "its body belongs to another generator; decorate a method that calls it",
        _ => null,
    };

    private static void Report(Action<Diagnostic> report, AttributeData attribute, string name, string reason, CancellationToken token) =>
        report(Diagnostic.Create(TriggerDiagnostics.UnsupportedTarget, AttributePlaces.Of(attribute, token), name, reason));
}
