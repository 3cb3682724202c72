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

/// <summary>MTG003: puts <c>[Sensitive]</c> on the parameter.</summary>
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
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<ParameterSyntax>() is not { } parameter) return;

        context.RegisterCodeFix(
            CodeAction.Create(Title, _ =>
                Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(parameter, Mark(parameter)))), Title),
            context.Diagnostics);
    }

    private static ParameterSyntax Mark(ParameterSyntax parameter)
    {
        // The whole name, which is shortened to what means the same at this place.
        var name = SyntaxFactory.ParseName("global::MemoryTriggers.SensitiveAttribute").WithAdditionalAnnotations(Simplifier.Annotation);
        var attribute = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithTrailingTrivia(SyntaxFactory.Space);
        return parameter.WithoutLeadingTrivia().WithAttributeLists(parameter.AttributeLists.Insert(0, attribute))
            .WithLeadingTrivia(parameter.GetLeadingTrivia());
    }
}
