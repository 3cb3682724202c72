using System.Collections.Immutable;
using MemoryTriggers.Generators.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>
/// Runs all analyzers as the compiler does. In a source, <c>⟦MTG001:text⟧</c> marks what must be reported and where; every diagnostic
/// must be marked, and every mark must be met.
/// </summary>
internal static class AnalyzerHarness
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
    [
        .. typeof(UnsupportedTargetAnalyzer).Assembly.GetTypes()
            .Where(static type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static readonly MetadataReference Runtime = MetadataReference.CreateFromFile(typeof(MemoryTriggerService).Assembly.Location);

    public static async Task<IReadOnlyList<Diagnostic>> VerifyAsync(string marked, bool isProgram = false)
    {
        var (source, expected) = Parse(marked);

        var compilation = GeneratorHarness.Compile(source).AddReferences(Runtime);
        if (isProgram) compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        AssertCompiles(compilation);
        var found = await AnalyzeAsync(compilation);

        Assert.Equal(expected, found.Select(diagnostic => $"{diagnostic.Id}:{source.Substring(diagnostic.Location.SourceSpan.Start - GeneratorHarness.Prefix.Length, diagnostic.Location.SourceSpan.Length)}"));
        return found;
    }

    public static async Task VerifyFixAsync(CodeFixProvider provider, string marked, string expected)
    {
        var (source, _) = Parse(marked);
        using var workspace = new AdhocWorkspace();
        var compilation = GeneratorHarness.Compile(source);
        var project = workspace.AddProject("Decorated", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options).WithParseOptions(compilation.SyntaxTrees[0].Options).WithMetadataReferences(compilation.References);
        var document = project.AddDocument("Decorated.cs", SourceText.From(GeneratorHarness.Prefix + source));
        var diagnostic = Assert.Single(await AnalyzeAsync((CSharpCompilation)(await document.Project.GetCompilationAsync())!));

        CodeAction? action = null;
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (registered, _) => action = registered, TestContext.Current.CancellationToken));
        var operations = await action!.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;

        Assert.Equal(expected, (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString()[GeneratorHarness.Prefix.Length..]);
        var after = (CSharpCompilation)(await changed.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        AssertCompiles(after);
        Assert.Empty(await AnalyzeAsync(after));
    }

    // What does not compile is not analyzed as it would be, and an analyzer that then says nothing proves nothing. Only a trigger on
    // a constructor is refused by the compiler as well (CS0592), which MTG001 explains.
    private static void AssertCompiles(CSharpCompilation compilation) => Assert.Empty(
        compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(static found => found.Severity == DiagnosticSeverity.Error && found.Id != "CS0592"));

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation)
    {
        var found = await compilation.WithAnalyzers(All).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(found, static diagnostic => diagnostic.Id == "AD0001");
        return [.. found.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    private static (string Source, List<string> Expected) Parse(string marked)
    {
        var expected = new List<string>();
        var source = marked;
        while (source.IndexOf('⟦', StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = source.IndexOf('⟧', start);
            var mark = source[(start + 1)..end];
            expected.Add(mark);
            source = source[..start] + mark[(mark.IndexOf(':', StringComparison.Ordinal) + 1)..] + source[(end + 1)..];
        }

        return (source, expected);
    }
}
