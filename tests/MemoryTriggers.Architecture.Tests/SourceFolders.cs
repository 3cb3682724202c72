using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemoryTriggers.Architecture;

/// <summary>The folder of each type of an assembly, read from its portable symbols: namespaces are wider than folders.</summary>
internal sealed class SourceFolders : IDisposable
{
    // TypeDefinitionDocuments, of the format of portable symbols: the files of a type that has no code.
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly MetadataReaderProvider _file;
    private readonly MetadataReader _symbols;
    private readonly string _marker;

    /// <param name="symbols">The file of the symbols.</param>
    /// <param name="project">The project that the assembly was built from.</param>
    public SourceFolders(string symbols, string project)
    {
        _file = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
        (_symbols, _marker) = (_file.GetMetadataReader(), $"/src/{project}/");
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The folder of a type, below its project; <see langword="null"/> for one that a generator made.</summary>
    /// <param name="name">The name of the type.</param>
    /// <param name="type">The row of the type.</param>
    /// <param name="methods">The rows of its methods and of those of the types in it.</param>
    public string? Of(string name, int type, IEnumerable<int> methods)
    {
        foreach (var method in methods)
        {
            var document = _symbols.GetMethodDebugInformation(MetadataTokens.MethodDefinitionHandle(method)).Document;
            if (!document.IsNil && Inside(document) is { } file) return Folder(file);
        }

        foreach (var information in _symbols.GetCustomDebugInformation(MetadataTokens.TypeDefinitionHandle(type)).Select(_symbols.GetCustomDebugInformation))
        {
            if (_symbols.GetGuid(information.Kind) != TypeDocuments) continue;
            var documents = _symbols.GetBlobReader(information.Value);
            while (documents.RemainingBytes > 0)
            {
                // A woven assembly has its files in another order, and these numbers as they were: only a file of the type's own name counts.
                var file = Inside(MetadataTokens.DocumentHandle(documents.ReadCompressedInteger()));
                if (file is not null && Path.GetFileNameWithoutExtension(file) == name.Split('`')[0]) return Folder(file);
            }
        }

        return null;
    }

    private static string Folder(string file) => file[..Math.Max(file.LastIndexOf('/'), 0)];

    /// <summary>The path of a file below the project; <see langword="null"/> for one that a generator made.</summary>
    private string? Inside(DocumentHandle handle)
    {
        var path = _symbols.GetString(_symbols.GetDocument(handle).Name).Replace('\\', '/');
        var at = path.LastIndexOf(_marker, StringComparison.Ordinal);
        var file = at < 0 ? null : path[(at + _marker.Length)..];
        return file is null || file.StartsWith("obj/", StringComparison.Ordinal) ? null : file;
    }
}
