using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace MemoryTriggers.Generators;

/// <summary>How every tested source is compiled.</summary>
internal static class Compilations
{
    public const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Threading.Tasks; global using MemoryTriggers;";

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    public static readonly IReadOnlyList<MetadataReference> References =
    [
        .. Directory.EnumerateFiles(ReferencePack(), "*.dll").Select(static file => MetadataReference.CreateFromFile(file)),
        MetadataReference.CreateFromFile(typeof(TriggerHub).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(MemoryTriggerService).Assembly.Location),
    ];

    /// <summary>Makes a test of the testing packages use these options and references, and no package.</summary>
    public static void Configure(AnalyzerTest<DefaultVerifier> test)
    {
        test.ReferenceAssemblies = new("net10.0");
        test.SolutionTransforms.Add(static (solution, _) => solution.ProjectIds.Aggregate(solution, static (solution, id) => solution
            .WithProjectParseOptions(id, ParseOptions)
            .WithProjectCompilationOptions(id, Options((CSharpCompilationOptions)solution.GetProject(id)!.CompilationOptions!))
            .AddMetadataReferences(id, References)));
    }

    public static CSharpCompilation Compile(params IEnumerable<string> sources) => CSharpCompilation.Create(
        "Decorated",
        sources.Append(Usings).Select(static source => CSharpSyntaxTree.ParseText(source, ParseOptions)),
        References,
        Options(new(OutputKind.DynamicallyLinkedLibrary)));

    /// <summary>One source in an older version of the language, which may know neither global usings nor nullable references.</summary>
    public static CSharpCompilation Compile(LanguageVersion version, string source) => CSharpCompilation.Create(
        "Decorated",
        [CSharpSyntaxTree.ParseText(Usings.Replace("global ", "", StringComparison.Ordinal) + "\n" + source, new CSharpParseOptions(version))],
        References,
        Options(new(OutputKind.DynamicallyLinkedLibrary))
            .WithNullableContextOptions(version >= LanguageVersion.CSharp9 ? NullableContextOptions.Enable : NullableContextOptions.Disable));

    private static CSharpCompilationOptions Options(CSharpCompilationOptions options) =>
        options.WithAllowUnsafe(true).WithNullableContextOptions(NullableContextOptions.Enable);

    private static string ReferencePack() => typeof(Compilations).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == "ReferenceAssemblies").Value!;
}
