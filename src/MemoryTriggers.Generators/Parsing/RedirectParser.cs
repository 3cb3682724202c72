using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>Turns triggers on calls into models, one for each method that is named.</summary>
internal static class RedirectParser
{
    public static EquatableArray<WrapperModel> Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var compilation = context.SemanticModel.Compilation;
        var named = compilation.Assembly.GetAttributes().Where(TriggerAttributes.IsCallTrigger)
            .Select(attribute => (Attribute: attribute, RedirectTargets.Of(attribute, compilation).Methods))
            .ToList();
        return new(context.Attributes.SelectMany(attribute => Parse(attribute, named, cancellationToken)));
    }

    // All triggers of a method are numbered in source order: the first is the outermost.
    private static IEnumerable<WrapperModel> Parse(
        AttributeData attribute, List<(AttributeData Attribute, System.Collections.Immutable.ImmutableArray<IMethodSymbol> Methods)> named,
        CancellationToken cancellationToken)
    {
        var place = named.FindIndex(entry => AttributePlaces.AreOne(entry.Attribute, attribute));
        if (place < 0) yield break;

        foreach (var method in named[place].Methods)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var index = named.Take(place).Count(entry => entry.Methods.Contains(method, SymbolEqualityComparer.Default));
            yield return WrapperModels.OfCalls(method, attribute, index, place);
        }
    }
}
