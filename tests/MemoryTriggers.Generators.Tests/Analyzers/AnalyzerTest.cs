using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>
/// Runs all analyzers over a marked source: every mark must be met, and nothing else reported. Each source is checked twice more, as
/// generated code and under <c>#pragma warning disable</c>: then nothing may be reported.
/// </summary>
internal sealed class AnalyzerTest : CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier>
{
    public static readonly ImmutableArray<DiagnosticAnalyzer> All =
    [
        .. typeof(UnsupportedTargetAnalyzer).Assembly.GetTypes()
            .Where(static type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static Task VerifyAsync(string source, params DiagnosticResult[] expected) =>
        VerifyAsync(source, OutputKind.DynamicallyLinkedLibrary, expected);

    public static Task VerifyProgramAsync(string source) => VerifyAsync(source, OutputKind.ConsoleApplication, []);

    /// <summary>What is expected at the place marked <c>{|#0:…|}</c>, or with another number.</summary>
    public static DiagnosticResult Found(DiagnosticDescriptor descriptor, string message, int mark = 0) =>
        new DiagnosticResult(descriptor).WithLocation(mark).WithMessage(message);

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => All;

    private static Task VerifyAsync(string source, OutputKind kind, DiagnosticResult[] expected)
    {
        var test = new AnalyzerTest { TestState = { Sources = { source, Compilations.Usings }, OutputKind = kind } };
        Compilations.Configure(test);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
