using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG006, MTG007, MTG008: a scope is disposed, in the way that its outcome needs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScopeAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Deciding = ["Complete", "SetResult", "Fail"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [TriggerDiagnostics.ScopeNotDisposed, TriggerDiagnostics.UsingInsteadOfAwaitUsing, TriggerDiagnostics.CatchInPlainScope];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        if (!IsFactory(invocation.TargetMethod)) return;

        var syntax = invocation.Syntax;
        if (Holder(syntax) is ExpressionStatementSyntax)
        {
            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.ScopeNotDisposed, syntax.GetLocation()));
            return;
        }

        switch (UsingAround(syntax))
        {
            case LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: 0 } declaration:
                Plain(context, syntax, declaration.UsingKeyword, declaration.Parent is BlockSyntax block ? block.Statements.SkipWhile(statement => statement != declaration).Skip(1) : [], declaration.Declaration.Variables[0].Identifier.ValueText);
                break;
            case UsingStatementSyntax { AwaitKeyword.RawKind: 0 } statement:
                Plain(context, syntax, statement.UsingKeyword, [statement.Statement], statement.Declaration?.Variables[0].Identifier.ValueText);
                break;
            case null when LocalOf(syntax) is { } local && !IsUsedToDispose(local):
                context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.ScopeNotDisposed, syntax.GetLocation()));
                break;
        }
    }

    private static void Plain(OperationAnalysisContext context, SyntaxNode scope, SyntaxToken keyword, IEnumerable<StatementSyntax> body, string? name)
    {
        if (context.ContainingSymbol is IMethodSymbol { IsAsync: true } || IsInAsyncFunction(scope))
        {
            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.UsingInsteadOfAwaitUsing, keyword.GetLocation()));
            return;
        }

        var statements = body.ToList();
        var handler = statements.SelectMany(static statement => statement.DescendantNodesAndSelf()).OfType<CatchClauseSyntax>()
            .FirstOrDefault(static clause => !clause.Block.DescendantNodes().OfType<ThrowStatementSyntax>().Any());
        var decides = statements.SelectMany(static statement => statement.DescendantNodesAndSelf()).OfType<MemberAccessExpressionSyntax>()
            .Any(access => Deciding.Contains(access.Name.Identifier.ValueText) && access.Expression.ToString().Split('.')[0] == name);
        if (handler is not null && !decides)
        {
            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.CatchInPlainScope, handler.CatchKeyword.GetLocation()));
        }
    }

    private static bool IsFactory(IMethodSymbol method) =>
        method is { IsStatic: true, ContainingType: { Name: "TriggerScope", ContainingNamespace: { Name: "MemoryTriggers", ContainingNamespace.IsGlobalNamespace: true } } } &&
        SymbolEqualityComparer.Default.Equals(method.ReturnType, method.ContainingType);

    /// <summary>What the value of a chain such as <c>TriggerScope.Workflow(...).AddTags(...)</c> is used by.</summary>
    private static SyntaxNode? Holder(SyntaxNode scope)
    {
        var node = scope.Parent;
        while (node is MemberAccessExpressionSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax) node = node.Parent;
        return node;
    }

    private static SyntaxNode? UsingAround(SyntaxNode scope) => Holder(scope) switch
    {
        UsingStatementSyntax statement => statement,
        EqualsValueClauseSyntax { Parent.Parent.Parent: UsingStatementSyntax statement } => statement,
        EqualsValueClauseSyntax { Parent.Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration } => declaration,
        _ => null,
    };

    private static VariableDeclaratorSyntax? LocalOf(SyntaxNode scope) =>
        Holder(scope) is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } local } ? local : null;

    // Disposed, used, returned, or handed to somebody else: then it is not ours to judge.
    private static bool IsUsedToDispose(VariableDeclaratorSyntax local)
    {
        var name = local.Identifier.ValueText;
        var body = local.FirstAncestorOrSelf<BlockSyntax>();
        return body is null || body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(identifier => identifier.Identifier.ValueText == name &&
            (identifier.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "DisposeAsync" } or UsingStatementSyntax or
                ReturnStatementSyntax or ArgumentSyntax or AssignmentExpressionSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or AwaitExpressionSyntax));
    }

    private static bool IsInAsyncFunction(SyntaxNode node) => node.Ancestors().FirstOrDefault(static ancestor =>
        ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MethodDeclarationSyntax) switch
    {
        AnonymousFunctionExpressionSyntax function => function.AsyncKeyword.RawKind != 0,
        LocalFunctionStatementSyntax function => function.Modifiers.Any(static modifier => modifier.ValueText == "async"),
        MethodDeclarationSyntax method => method.Modifiers.Any(static modifier => modifier.ValueText == "async"),
        _ => false,
    };
}
