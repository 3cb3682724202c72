using MemoryTriggers.Weaver.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Weaver.Reading;

/// <summary>
/// The compiler's output: the module, and its symbols wherever they are. Held in memory, so that the files can be replaced.
/// </summary>
internal sealed class CompiledAssembly : IDisposable
{
    private readonly string _file;
    private readonly ReferenceResolver _resolver;
    private readonly SymbolKind _symbols;

    private CompiledAssembly(string file, ModuleDefinition module, ReferenceResolver resolver, SymbolKind symbols) =>
        (_file, Module, _resolver, _symbols) = (file, module, resolver, symbols);

    private enum SymbolKind
    {
        None,
        Portable,
        Embedded,
    }

    public ModuleDefinition Module { get; }

    /// <summary>Whether the compiler wrote symbols that are no longer there.</summary>
    public bool HasLostSymbols => _symbols == SymbolKind.None && Has(Module, ImageDebugType.CodeView);

    private string SymbolFile => Path.ChangeExtension(_file, ".pdb");

    public static CompiledAssembly? Read(string file, IEnumerable<string> references, out WeaverProblem? problem)
    {
        problem = null;
        var resolver = new ReferenceResolver(references);
        var reading = file;
        try
        {
            var module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(file)),
                new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
            if (!HasEmbeddedSymbols(module)) reading = Path.ChangeExtension(file, ".pdb");
            return new CompiledAssembly(file, module, resolver, ReadSymbols(module, file));
        }
        catch (SymbolsNotMatchingException)
        {
            problem = WeaverDiagnostics.SymbolsDoNotMatch(file);
        }
        catch (Exception exception)
        {
            // Whatever a file that was cut off makes the reader throw.
            problem = WeaverDiagnostics.Unreadable(reading, exception.Message);
        }

        resolver.Dispose();
        return null;
    }

    /// <summary>
    /// Writes beside and moves over, the symbols first: an interrupted build finds the old assembly, or one that fits its symbols.
    /// </summary>
    public void Write(string? keyFile)
    {
        var parameters = new WriterParameters { DeterministicMvid = true, WriteSymbols = _symbols != SymbolKind.None };
        if (_symbols == SymbolKind.Embedded) parameters.SymbolWriterProvider = KeepingHeader(new EmbeddedPortablePdbWriterProvider());
        if (_symbols == SymbolKind.Portable) parameters.SymbolWriterProvider = KeepingHeader(new PortablePdbWriterProvider());
        if (keyFile is { Length: > 0 } && File.Exists(keyFile)) parameters.StrongNameKeyBlob = File.ReadAllBytes(keyFile);

        // A folder of its own and the same names: Cecil puts the symbols beside what it writes.
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_file))!, "memorytriggers");
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, Path.GetFileName(_file));
        Module.Write(unfinished, parameters);
        if (_symbols == SymbolKind.Portable) ReplaceBoth(unfinished);
        else Replace(unfinished, _file);
    }

    private void ReplaceBoth(string unfinished)
    {
        var before = File.ReadAllBytes(SymbolFile);
        Replace(Path.ChangeExtension(unfinished, ".pdb"), SymbolFile);
        try
        {
            Replace(unfinished, _file);
        }
        catch
        {
            // The assembly is held by someone: without this the next build would find symbols that do not fit it.
            File.WriteAllBytes(SymbolFile, before);
            throw;
        }
    }

    public void Dispose()
    {
        Module.Dispose();
        _resolver.Dispose();
    }

    private static bool HasEmbeddedSymbols(ModuleDefinition module) => Has(module, ImageDebugType.EmbeddedPortablePdb);

    private static bool Has(ModuleDefinition module, ImageDebugType type) =>
        module.HasDebugHeader && module.GetDebugHeader().Entries.Any(entry => entry.Directory.Type == type);

    private static SymbolKind ReadSymbols(ModuleDefinition module, string file)
    {
        if (HasEmbeddedSymbols(module))
        {
            module.ReadSymbols(new EmbeddedPortablePdbReaderProvider().GetSymbolReader(module, file));
            return SymbolKind.Embedded;
        }

        var symbols = Path.ChangeExtension(file, ".pdb");
        if (!File.Exists(symbols) || !module.HasDebugHeader) return SymbolKind.None;

        module.ReadSymbols(new PortablePdbReaderProvider().GetSymbolReader(module, new MemoryStream(File.ReadAllBytes(symbols))));
        return SymbolKind.Portable;
    }

    private DebugHeaderKeeper KeepingHeader(ISymbolWriterProvider provider) => new(provider, Module.GetDebugHeader());

    private static void Replace(string from, string to)
    {
        File.Copy(from, to + ".new", overwrite: true);
        if (File.Exists(to)) File.Replace(to + ".new", to, null);
        else File.Move(to + ".new", to);
        File.Delete(from);
    }
}
