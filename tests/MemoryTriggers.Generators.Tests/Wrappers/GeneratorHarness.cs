using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MemoryTriggers.Generators.Wrappers;

/// <summary>Runs the generator as the compiler does.</summary>
internal static class GeneratorHarness
{
    // The framework that runs the tests: what the library itself is built against.
    private static readonly MetadataReference[] References =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Where(static file => !file.EndsWith(".Native.dll", StringComparison.Ordinal))
            .Select(static file => MetadataReference.CreateFromFile(file)),
        MetadataReference.CreateFromFile(typeof(TriggerHub).Assembly.Location),
    ];

    /// <summary>Stands in front of every source.</summary>
    public const string Prefix = "using System; using System.Collections.Generic; using System.Threading.Tasks; using MemoryTriggers;\n";

    public static CSharpCompilation Compile(string source, LanguageVersion version = LanguageVersion.Preview) => CSharpCompilation.Create(
        "Decorated",
        [CSharpSyntaxTree.ParseText(Prefix + source, new CSharpParseOptions(version), "Decorated.cs")],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
            nullableContextOptions: version >= LanguageVersion.CSharp9 ? NullableContextOptions.Enable : NullableContextOptions.Disable));

    public static CSharpGeneratorDriver Driver(LanguageVersion version = LanguageVersion.Preview) => CSharpGeneratorDriver.Create(
        [new TriggerGenerator().AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(version),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated sources by their hint name; fails when the whole does not compile without a warning.</summary>
    public static IReadOnlyDictionary<string, string> Generate(string source, params MetadataReference[] more)
    {
        var compilation = Compile(source).AddReferences(more);
        var driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out var all, out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Empty(all.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(static file => file.HintName, static file => file.SourceText.ToString());
    }

    /// <summary>A decorated assembly, to be referenced by another.</summary>
    public static MetadataReference CompileToReference(string source, string name)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile(source).WithAssemblyName(name), out var all, out _);
        using var image = new MemoryStream();
        Assert.True(all.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    public static string Wrapper(string source) => Generate(source).Single(static file => file.Key != "WeavingMark.g.cs").Value;
}
