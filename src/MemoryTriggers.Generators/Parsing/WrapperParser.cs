using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>
/// Turns a trigger attribute into models, one for each method that it applies to. What cannot be woven gets none; an analyzer says why.
/// </summary>
internal static class WrapperParser
{
    public static EquatableArray<WrapperModel> Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var methods = context.TargetSymbol switch
        {
            IMethodSymbol method => [method.PartialImplementationPart ?? method],
            INamedTypeSymbol type => AppliedTriggers.Candidates(type),
            IAssemblySymbol assembly =>
                AppliedTriggers.Types(assembly.GlobalNamespace, cancellationToken).SelectMany(AppliedTriggers.Candidates),
            _ => [],
        };
        return new(methods.Where(AppliedTriggers.CanBeWoven).SelectMany(method => Parse(method, context, cancellationToken)));
    }

    // All triggers of the method are numbered, those of this attribute taken.
    private static IEnumerable<WrapperModel> Parse(IMethodSymbol method, GeneratorAttributeSyntaxContext context,
        CancellationToken cancellationToken)
    {
        var triggers = AppliedTriggers.Of(method);
        for (var index = 0; index < triggers.Length; index++)
        {
            if (!SymbolEqualityComparer.Default.Equals(triggers[index].AttributeClass, context.Attributes[0].AttributeClass)) continue;
            if (StandsOn(context.TargetNode, triggers[index]))
                yield return WrapperModels.OfBody(method, triggers[index], index, IsIterator(method, cancellationToken));
        }
    }

    // Each part of a partial method or type, and each file with attributes of the assembly, comes here with the attributes of all: each
    // takes its own.
    private static bool StandsOn(SyntaxNode node, AttributeData attribute) =>
        AttributePlaces.StandsIn(attribute, node.SyntaxTree) && node.Span.Contains(attribute.ApplicationSyntaxReference!.Span);

    private static bool IsIterator(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken)
            .DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<YieldStatementSyntax>().Any());
}
