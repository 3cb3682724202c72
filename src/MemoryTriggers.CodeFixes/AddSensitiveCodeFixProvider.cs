using System.Collections.Immutable;
using System.Composition;
using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace MemoryTriggers.CodeFixes;

/// <summary>MTG003: puts <c>[Sensitive]</c> on the parameter, or <c>[return: Sensitive]</c> on the method.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AddSensitiveCodeFixProvider : CodeFixProvider
{
    private const string Title = "Mark with [Sensitive]";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.UnmarkedSecret];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is not { } node || Fixed(node) is not var (old, marked)) return;

        context.RegisterCodeFix(
            CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(old, marked))), Title),
            context.Diagnostics);
    }

    // A trigger on calls is reported at the assembly's attribute: there is nothing to mark.
    private static (SyntaxNode Old, SyntaxNode Marked)? Fixed(SyntaxNode node) =>
        node.FirstAncestorOrSelf<SyntaxNode>(static ancestor =>
            ancestor is ParameterSyntax or MethodDeclarationSyntax or AccessorDeclarationSyntax or AttributeSyntax) switch
        {
            ParameterSyntax parameter => (parameter, Mark(parameter)),
            MethodDeclarationSyntax method => (method, method.WithoutLeadingTrivia()
                .WithAttributeLists(method.AttributeLists.Insert(0, OfResult())).WithLeadingTrivia(method.GetLeadingTrivia())),
            AccessorDeclarationSyntax accessor => (accessor, accessor.WithoutLeadingTrivia()
                .WithAttributeLists(accessor.AttributeLists.Insert(0, OfResult())).WithLeadingTrivia(accessor.GetLeadingTrivia())),
            _ => null,
        };

    private static ParameterSyntax Mark(ParameterSyntax parameter) =>
        parameter.WithoutLeadingTrivia().WithAttributeLists(parameter.AttributeLists.Insert(0, Attribute()))
            .WithLeadingTrivia(parameter.GetLeadingTrivia());

    private static AttributeListSyntax OfResult() => Attribute().WithTarget(
        SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(SyntaxKind.ReturnKeyword)).WithTrailingTrivia(SyntaxFactory.Space));

    // The whole name, which is shortened to what means the same at this place.
    private static AttributeListSyntax Attribute() => SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(
        SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::MemoryTriggers.SensitiveAttribute")
            .WithAdditionalAnnotations(Simplifier.Annotation)))).WithTrailingTrivia(SyntaxFactory.Space);
}
