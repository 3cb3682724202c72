using System.Reflection;
using System.Runtime.Loader;
using MemoryTriggers.Generators;
using MemoryTriggers.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace MemoryTriggers.Weaver;

/// <summary>A source that was really compiled, with the generator, woven, and loaded into a context of its own.</summary>
internal sealed class WovenSource : IDisposable
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private static readonly string[] ReferencePaths =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Where(static file => !file.EndsWith(".Native.dll", StringComparison.Ordinal)),
        typeof(TriggerHub).Assembly.Location,
    ];

    private static readonly MetadataReference[] References = [.. ReferencePaths.Select(static path => MetadataReference.CreateFromFile(path))];

    private readonly TemporaryDirectory _directory = new();

    // Not collectible: with more than a thousand contexts that come and go under load, the background collection of .NET 10.0.12 crashed in
    // its mark phase, with woven sources only and in collectible contexts only. It is not known whose fault that is.
    private readonly AssemblyLoadContext _context = new("woven");
    private Assembly? _assembly;

    /// <param name="source">The source, after the usual usings.</param>
    /// <param name="flavor">How it is compiled.</param>
    /// <param name="weave">Whether it is woven, too.</param>
    /// <param name="symbolPath">The path of the symbols as a build that maps its paths writes it into the assembly.</param>
    /// <param name="publicKey">The public key of a publicly signed assembly.</param>
    public WovenSource(
        string source, BuildFlavor flavor = BuildFlavor.DebugPortable, bool weave = true, string? symbolPath = null, byte[]? publicKey = null)
    {
        Compile(source, flavor, symbolPath, publicKey);
        Result = weave ? Weave() : null;
    }

    public WeaveResult? Result { get; }

    public string AssemblyFile => Path.Combine(_directory.Path, "Decorated.dll");

    public string SymbolFile => Path.ChangeExtension(AssemblyFile, ".pdb");

    public Assembly Assembly => _assembly ??= _context.LoadFromAssemblyPath(AssemblyFile);

    public Type Type(string name) => Assembly.GetType(name) ?? throw new InvalidOperationException($"no type {name}");

    /// <summary>Calls a static method of the class <c>Program</c>.</summary>
    public object? Run(string method, params object?[] arguments) => Type("Program")
        .GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    public WeaveResult Weave(string? keyFile = null) => AssemblyWeaver.Weave(AssemblyFile, ReferencePaths, keyFile);

    public void Dispose()
    {
        _directory.Dispose();
    }

    private void Compile(string source, BuildFlavor flavor, string? symbolPath, byte[]? publicKey)
    {
        var compilation = CSharpCompilation.Create(
            "Decorated",
            [CSharpSyntaxTree.ParseText(
                "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using MemoryTriggers;\n" + source,
                ParseOptions, "/src/Decorated.cs", System.Text.Encoding.UTF8)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: flavor.Optimization(), allowUnsafe: true, deterministic: true, cryptoPublicKey: publicKey is null ? default : [.. publicKey], publicSign: publicKey is not null, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new TriggerGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var all, out _);

        using var assembly = File.Create(AssemblyFile);
        using var symbols = flavor.Symbols() == DebugInformationFormat.PortablePdb ? File.Create(SymbolFile) : null;
        var emitted = all.Emit(assembly, symbols, options: new EmitOptions(
            debugInformationFormat: flavor.Symbols() ?? DebugInformationFormat.PortablePdb, pdbFilePath: flavor.Symbols() is null ? null : symbolPath ?? SymbolFile));
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
    }
}
