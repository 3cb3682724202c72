using MemoryTriggers.Generators.Analyzers;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace MemoryTriggers.Generators.CodeFixes;

/// <summary>
/// Applies a fix to marked sources, one place after the other and all at once (in the document, the project, the solution): both must give
/// the expected texts, which compile and have nothing left to report.
/// </summary>
internal sealed class CodeFixTest<TFix> : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    public static Task VerifyAsync(string marked, string expected) => VerifyAsync([marked], [expected]);

    public static Task VerifyAsync(IEnumerable<string> marked, IEnumerable<string> expected)
    {
        var test = new CodeFixTest<TFix>();
        Compilations.Configure(test);
        foreach (var source in marked.Append(Compilations.Usings)) test.TestState.Sources.Add(source);
        foreach (var source in expected.Append(Compilations.Usings)) test.FixedState.Sources.Add(source);

        // Without a provider the testing package leaves out fixing all at once, and says nothing.
        Assert.NotNull(new TFix().GetFixAllProvider());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AnalyzerTest.All;
}
