using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG010: a second result of a scope replaces the first, and nothing between the two could have ended the block.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ResultSetTwiceAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.ResultSetTwice];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Block);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var withResult = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var statement in ((IBlockOperation)context.Operation).Operations)
        {
            if (statement is IExpressionStatementOperation { Operation: IInvocationOperation outermost })
            {
                var (calls, scope) = ScopeCalls.Chain(outermost);
                if (Symbol(scope) is not { } symbol) continue;
                foreach (var call in calls.Where(static call => call.TargetMethod.Name == "SetResult"))
                {
                    if (!withResult.Add(symbol)) Report(context, call, symbol);
                }
            }
            else if (MayLeaveOrReplace(statement))
            {
                withResult.Clear();
            }
        }
    }

    private static ISymbol? Symbol(IOperation? scope) => scope switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    // After a statement that may leave the block, or put another scope into the variable, the first result may be the only one.
    private static bool MayLeaveOrReplace(IOperation statement) => statement.DescendantsAndSelf().Any(static operation =>
        operation is IReturnOperation or IBranchOperation or IThrowOperation or ILabeledOperation or IAssignmentOperation
        {
            Target: ILocalReferenceOperation or IParameterReferenceOperation or ITupleOperation,
        });

    private static void Report(OperationAnalysisContext context, IInvocationOperation call, ISymbol scope) =>
        context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.ResultSetTwice, NameOf(call), scope.Name));

    private static Location NameOf(IInvocationOperation call) =>
        call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            ? access.Name.GetLocation()
            : call.Syntax.GetLocation();
}
