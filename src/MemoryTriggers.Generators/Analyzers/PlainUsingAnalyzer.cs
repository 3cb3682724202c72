using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>
/// MTG007, MTG008: a plain <c>using</c> cannot tell how its scope ended. In asynchronous code <c>await using</c> can; elsewhere the block
/// must say so where it handles an exception.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PlainUsingAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Deciding = ["Complete", "SetResult", "Fail"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [TriggerDiagnostics.UsingInsteadOfAwaitUsing, TriggerDiagnostics.CatchInPlainScope];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeDeclaration, OperationKind.UsingDeclaration);
        context.RegisterOperationAction(AnalyzeStatement, OperationKind.Using);
    }

    private static void AnalyzeDeclaration(OperationAnalysisContext context)
    {
        var declaration = (IUsingDeclarationOperation)context.Operation;
        if (declaration.IsAsynchronous || declaration.Syntax is not LocalDeclarationStatementSyntax syntax) return;

        var after = declaration.Parent?.ChildOperations.SkipWhile(operation => operation != declaration).Skip(1) ?? [];
        Analyze(context, declaration.DeclarationGroup, after, syntax.UsingKeyword);
    }

    private static void AnalyzeStatement(OperationAnalysisContext context)
    {
        var statement = (IUsingOperation)context.Operation;
        if (statement.IsAsynchronous || statement.Syntax is not UsingStatementSyntax syntax) return;
        Analyze(context, statement.Resources, [statement.Body], syntax.UsingKeyword);
    }

    private static void Analyze(OperationAnalysisContext context, IOperation resources, IEnumerable<IOperation> body, SyntaxToken keyword)
    {
        var scopes = resources is IVariableDeclarationGroupOperation group
            ? group.GetDeclaredVariables().Where(static local => ScopeCalls.IsScope(local.Type)).ToImmutableArray()
            : [];
        if (scopes.Length == 0 && !ScopeCalls.IsScope(resources.Type)) return;

        if (IsInAsynchronousCode(context))
        {
            // No await inside a lock.
            if (!AncestorsInFunction(context.Operation).Any(static outer => outer is ILockOperation))
            {
                context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.UsingInsteadOfAwaitUsing, keyword.GetLocation()));
            }

            return;
        }

        var operations = body.ToList();
        var handler = operations.SelectMany(InFunction).OfType<ICatchClauseOperation>()
            .FirstOrDefault(static clause => !InFunction(clause).OfType<IThrowOperation>().Any());
        if (handler is not null && !operations.SelectMany(static operation => operation.DescendantsAndSelf())
            .Any(operation => Decides(operation, scopes)))
        {
            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.CatchInPlainScope,
                ((CatchClauseSyntax)handler.Syntax).CatchKeyword.GetLocation()));
        }
    }

    // Code that receives the scope may decide.
    private static bool Decides(IOperation operation, ImmutableArray<ILocalSymbol> scopes) => operation switch
    {
        IInvocationOperation call => ScopeCalls.IsOnScope(call) && Deciding.Contains(call.TargetMethod.Name),
        IArgumentOperation { Value: var value } =>
            Unconverted(value) is ILocalReferenceOperation { Local: var local } && scopes.Contains(local, SymbolEqualityComparer.Default),
        _ => false,
    };

    private static IOperation Unconverted(IOperation value)
    {
        while (value is IConversionOperation conversion) value = conversion.Operand;
        return value;
    }

    private static bool IsInAsynchronousCode(OperationAnalysisContext context) =>
        AncestorsInFunction(context.Operation).LastOrDefault()?.Parent switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol.IsAsync,
            ILocalFunctionOperation local => local.Symbol.IsAsync,
            _ => context.ContainingSymbol is IMethodSymbol { IsAsync: true },
        };

    private static IEnumerable<IOperation> AncestorsInFunction(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation;
            outer = outer.Parent)
        {
            yield return outer;
        }
    }

    /// <summary>The operation and what is inside it, without what functions inside it do.</summary>
    private static IEnumerable<IOperation> InFunction(IOperation operation)
    {
        if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation) yield break;
        yield return operation;
        foreach (var inner in operation.ChildOperations.SelectMany(InFunction)) yield return inner;
    }
}
