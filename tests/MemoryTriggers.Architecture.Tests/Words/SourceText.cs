using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MemoryTriggers.Architecture.Words;

/// <summary>The comments and texts of a C# file.</summary>
internal static class SourceText
{
    // Separates two texts of one line, so that no phrase reaches from one to the other.
    private const char Gap = ';';

    /// <summary>The prose of a file, each piece on its line; lines of code alone hold a semicolon.</summary>
    /// <param name="source">The text of the file.</param>
    public static string Prose(string source)
    {
        var lines = source.Split('\n').Select(static _ => new StringBuilder()).ToArray();
        var root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

        var comments = root.DescendantTrivia().Where(static trivia => IsComment(trivia.Kind()))
            .Select(static trivia => (trivia.SpanStart, Text: trivia.ToFullString()));
        var texts = root.DescendantTokens().Where(static token => IsText(token.Kind()))
            .Select(static token => (token.SpanStart, token.Text));
        foreach (var (start, text) in comments.Concat(texts).OrderBy(static piece => piece.SpanStart)) Add(lines, source, start, text);

        return string.Join('\n', lines.Select(static line => line.Length > 0 ? line.ToString() : Gap.ToString()));
    }

    private static void Add(StringBuilder[] lines, string source, int start, string text)
    {
        var number = source.AsSpan(0, start).Count('\n');
        foreach (var part in text.TrimEnd('\n').Split('\n'))
        {
            if (lines[number].Length > 0) lines[number].Append(Gap);
            lines[number++].Append(part);
        }
    }

    private static bool IsComment(SyntaxKind kind) =>
        kind is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static bool IsText(SyntaxKind kind) =>
        kind is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken;
}
