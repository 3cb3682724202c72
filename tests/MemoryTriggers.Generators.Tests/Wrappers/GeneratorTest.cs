using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace MemoryTriggers.Generators.Wrappers;

/// <summary>Runs the generator; fails when the sources and what it adds to them do not compile without a warning.</summary>
internal sealed class GeneratorTest : CSharpSourceGeneratorTest<TriggerGenerator, DefaultVerifier>
{
    public const string Mark = "WeavingMark.g.cs";

    public GeneratorTest(params IEnumerable<string> sources)
    {
        CompilerDiagnostics = CompilerDiagnostics.Warnings;
        Compilations.Configure(this);
        foreach (var source in sources.Append(Compilations.Usings)) TestState.Sources.Add(source);
    }

    /// <summary>The generated texts by their hint name.</summary>
    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public static async Task<SortedDictionary<string, string>> GenerateAsync(string source)
    {
        var test = new GeneratorTest(source) { TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck };
        await test.RunAsync(TestContext.Current.CancellationToken);
        return test.Files;
    }

    /// <summary>The one wrapper that a source gets.</summary>
    public static async Task<string> WrapperAsync(string source) =>
        (await GenerateAsync(source)).Single(static file => file.Key != Mark).Value;

    protected override async Task<(Compilation compilation, ImmutableArray<Diagnostic> generatorDiagnostics)> GetProjectCompilationAsync(
        Project project, IVerifier verifier, CancellationToken cancellationToken)
    {
        var result = await base.GetProjectCompilationAsync(project, verifier, cancellationToken);
        foreach (var tree in result.compilation.SyntaxTrees.Where(static tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)))
        {
            Files[Path.GetFileName(tree.FilePath)] = (await tree.GetTextAsync(cancellationToken)).ToString();
        }

        return result;
    }
}
