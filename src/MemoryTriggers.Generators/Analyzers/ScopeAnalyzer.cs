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

    // What is called on a scope without disposing it. Any other use may lead to its disposal, and is not ours to judge.
    private static readonly string[] Keeping = ["AddMetadata", "AddTags", "Complete", "SetResult", "Fail"];

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
        if (Holder(syntax) is ExpressionStatementSyntax && OnlyKeeps(syntax))
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
        if (Function(scope) is { } function && IsAsync(function))
        {
            // No await inside a lock.
            if (scope.Ancestors().TakeWhile(ancestor => ancestor != function).Any(static ancestor => ancestor is LockStatementSyntax)) return;

            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.UsingInsteadOfAwaitUsing, keyword.GetLocation()));
            return;
        }

        var statements = body.ToList();
        var handler = statements.SelectMany(static statement => statement.DescendantNodesAndSelf()).OfType<CatchClauseSyntax>()
            .FirstOrDefault(clause => Function(clause) == Function(scope) && !clause.Block.DescendantNodes().OfType<ThrowStatementSyntax>().Any());
        var nodes = statements.SelectMany(static statement => statement.DescendantNodesAndSelf()).ToList();
        var decides = nodes.OfType<SimpleNameSyntax>().Any(static used => Deciding.Contains(used.Identifier.ValueText)) ||
            nodes.OfType<ArgumentSyntax>().Any(argument => argument.Expression is IdentifierNameSyntax handed && handed.Identifier.ValueText == name);
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

    private static bool IsUsedToDispose(VariableDeclaratorSyntax local)
    {
        var name = local.Identifier.ValueText;
        var body = local.FirstAncestorOrSelf<BlockSyntax>();
        return body is null || body.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(used => used.Identifier.ValueText == name && !(Holder(used) is ExpressionStatementSyntax && OnlyKeeps(used)));
    }

    /// <summary>Whether every call of the chain that begins here leaves the scope open.</summary>
    private static bool OnlyKeeps(SyntaxNode start) => start.Ancestors().TakeWhile(static node => node is not StatementSyntax)
        .OfType<MemberAccessExpressionSyntax>().All(static access => Keeping.Contains(access.Name.Identifier.ValueText));

    private static SyntaxNode? Function(SyntaxNode node) => node.Ancestors().FirstOrDefault(static ancestor =>
        ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax);

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
        LocalFunctionStatementSyntax local => local.Modifiers.Any(static modifier => modifier.ValueText == "async"),
        MethodDeclarationSyntax method => method.Modifiers.Any(static modifier => modifier.ValueText == "async"),
        _ => false,
    };
}
