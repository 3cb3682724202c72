using System.Collections.Immutable;
using System.Composition;
using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MemoryTriggers.CodeFixes;

/// <summary>MTG007: <c>using</c> becomes <c>await using</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AwaitUsingCodeFixProvider : CodeFixProvider
{
    private const string Title = "Use 'await using'";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.UsingInsteadOfAwaitUsing];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var statement = root?.FindToken(context.Span.Start).Parent;
        if (statement is not (LocalDeclarationStatementSyntax or UsingStatementSyntax)) return;

        context.RegisterCodeFix(
            CodeAction.Create(Title, _ =>
                Task.FromResult(context.Document.WithSyntaxRoot(root!.ReplaceNode(statement, Await(statement)))), Title),
            context.Diagnostics);
    }

    private static SyntaxNode Await(SyntaxNode statement)
    {
        var keyword = SyntaxFactory.Token(statement.GetLeadingTrivia(), SyntaxKind.AwaitKeyword,
            SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return statement.WithoutLeadingTrivia() switch
        {
            LocalDeclarationStatementSyntax declaration => declaration.WithAwaitKeyword(keyword),
            UsingStatementSyntax block => block.WithAwaitKeyword(keyword),
            var other => other,
        };
    }
}
