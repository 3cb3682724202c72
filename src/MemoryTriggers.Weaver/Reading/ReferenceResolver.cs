using Mono.Cecil;

namespace MemoryTriggers.Weaver.Reading;

/// <summary>Finds assemblies among the references of the compilation, and nowhere else.</summary>
internal sealed class ReferenceResolver(IEnumerable<string> references) : IAssemblyResolver
{
    private readonly Dictionary<string, string> _paths = Paths(references);
    private readonly Dictionary<string, AssemblyDefinition> _read = new(StringComparer.OrdinalIgnoreCase);

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_read.TryGetValue(name.Name, out var known)) return known;
        if (!_paths.TryGetValue(name.Name, out var path)) throw new AssemblyResolutionException(name);

        return _read[name.Name] = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this });
    }

    public void Dispose()
    {
        foreach (var assembly in _read.Values) assembly.Dispose();
    }

    private static Dictionary<string, string> Paths(IEnumerable<string> references)
    {
        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var reference in references) paths[Path.GetFileNameWithoutExtension(reference)] = reference;
        return paths;
    }
}
