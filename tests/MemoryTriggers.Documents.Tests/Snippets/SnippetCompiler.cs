using MemoryTriggers.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MemoryTriggers.Documents.Snippets;

/// <summary>Compiles snippets as a user would: against the public members of all libraries, with the usings of a web project.</summary>
internal static class SnippetCompiler
{
    private static readonly string Preludes = Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Documents.Tests", "Preludes");
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    // What these tests run on: the framework, the libraries and the packages that they use.
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static file => MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>The errors of a snippet, each with its line in the document; empty when it compiles.</summary>
    /// <param name="page">The document, for which a prelude may declare what the text around the snippet supposes.</param>
    /// <param name="snippet">The snippet.</param>
    public static IReadOnlyList<string> Compile(string page, Snippet snippet)
    {
        // Statements and types are a program; methods without a class around them are members.
        var program = Errors(page, snippet, snippet.Code, before: 0);
        if (program.Count == 0) return program;
        var members = Errors(page, snippet, $"partial class Snippet\n{{\n{snippet.Code}\n}}", before: 2);
        return members.Count == 0 ? members : program;
    }

    private static List<string> Errors(string page, Snippet snippet, string code, int before)
    {
        var tree = CSharpSyntaxTree.ParseText(code, Language);
        var isProgram = tree.GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [tree, .. PreludesOf(page).Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Language, file))],
            References,
            new(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return
        [
            .. compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error).Select(found =>
            {
                var at = found.Location.GetLineSpan();
                var place = found.Location.SourceTree == tree ? $"{page}:{snippet.Line + at.StartLinePosition.Line - before}" : at.ToString();
                return $"{place}: {found.Id}: {found.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
            }),
        ];
    }

    private static IEnumerable<string> PreludesOf(string page)
    {
        yield return Path.Combine(Preludes, "Usings.cs");
        if (NamesOf(page).Select(static name => Path.Combine(Preludes, name)).FirstOrDefault(File.Exists) is { } own) yield return own;
    }

    /// <summary>The file names of a page's prelude: its path, or that of its folder, with dots for slashes, as C#.</summary>
    public static IEnumerable<string> NamesOf(string page)
    {
        yield return Path.ChangeExtension(page, ".cs").Replace('/', '.');
        yield return Path.GetDirectoryName(page)!.Replace('\\', '/').Replace('/', '.') + ".cs";
    }
}
