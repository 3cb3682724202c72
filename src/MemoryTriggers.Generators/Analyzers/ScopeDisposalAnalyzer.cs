using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG006: a scope that is opened, and never disposed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScopeDisposalAnalyzer : DiagnosticAnalyzer
{
    // What is called on a scope without disposing it. Any other use may lead to its disposal, and is not reported.
    private static readonly string[] Keeping = ["AddMetadata", "AddTags", "Synced", "Complete", "SetResult", "Fail"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.ScopeNotDisposed];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var opening = (IInvocationOperation)context.Operation;
        if (!ScopeCalls.IsFactory(opening.TargetMethod)) return;

        var isLost = EndOfChain(opening).Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => !MayBeDisposed(opening, local),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } =>
                !IsOfUsing(declarator) && !MayBeDisposed(opening, local),
            _ => false,
        };
        if (isLost) context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.ScopeNotDisposed, opening.Syntax.GetLocation()));
    }

    /// <summary>The last call of a chain that leaves the scope open, such as <c>TriggerScope.Workflow(...).AddTags(...)</c>.</summary>
    private static IOperation EndOfChain(IOperation scope)
    {
        while (scope.Parent is IInvocationOperation call && call.Instance == scope && ScopeCalls.IsOnScope(call)
            && Keeping.Contains(call.TargetMethod.Name) ||
            scope.Parent is IParenthesizedOperation or IConversionOperation { IsImplicit: true })
        {
            scope = scope.Parent!;
        }

        return scope;
    }

    private static bool MayBeDisposed(IOperation within, ILocalSymbol local)
    {
        while (within.Parent is { } outer) within = outer;
        return within.Descendants().OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local))
            .Any(static reference => EndOfChain(reference).Parent is not IExpressionStatementOperation
                and not ISimpleAssignmentOperation { Target: ILocalReferenceOperation }
                || reference.Parent is ISimpleAssignmentOperation assignment && assignment.Value == reference);
    }

    private static bool IsOfUsing(IOperation declarator) =>
        declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation;
}
