using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>The location of an attribute in the source.</summary>
internal static class AttributePlaces
{
    public static bool StandsIn(AttributeData attribute, SyntaxTree tree) => attribute.ApplicationSyntaxReference?.SyntaxTree == tree;

    /// <summary>Whether the two were written as one: the same attribute comes in several objects.</summary>
    public static bool AreOne(AttributeData left, AttributeData right) =>
        left.ApplicationSyntaxReference?.SyntaxTree == right.ApplicationSyntaxReference?.SyntaxTree &&
        left.ApplicationSyntaxReference?.Span == right.ApplicationSyntaxReference?.Span;

    public static Location? Of(AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation();

    /// <summary>The setting of that name, as it is written; <see langword="null"/> when it is not.</summary>
    public static AttributeArgumentSyntax? Setting(AttributeData attribute, string name, CancellationToken cancellationToken) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
}
