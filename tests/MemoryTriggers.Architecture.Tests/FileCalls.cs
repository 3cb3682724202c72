using Mono.Cecil;

namespace MemoryTriggers.Architecture;

/// <summary>
/// Finds code that makes files and folders by itself: they would have the rights that the process's mask leaves, and follow links.
/// <c>PrivateFile</c> makes them.
/// </summary>
internal static class FileCalls
{
    private static readonly string[] MakingStarts =
        ["System.IO.File::Create", "System.IO.File::Write", "System.IO.File::Append", "System.IO.File::OpenWrite",
            "System.IO.FileSystemAclExtensions::Create", "System.IO.Directory::Create", "System.IO.FileInfo::Create", "System.IO.FileInfo::Append", "System.IO.FileInfo::Open(",
            "System.IO.FileInfo::CopyTo", "System.IO.FileInfo::Replace", "System.IO.DirectoryInfo::Create"];

    private static readonly HashSet<string> Making =
    [
        "System.IO.File::Open", "System.IO.File::OpenHandle", "System.IO.File::Copy", "System.IO.File::Replace",
        "System.IO.FileStream::.ctor", "System.IO.Path::GetTempFileName", "Microsoft.Data.Sqlite.SqliteConnection::.ctor",
    ];

    /// <returns>The types that do so.</returns>
    public static IReadOnlySet<string> TypesIn(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
            (from type in module.GetTypes()
             from method in type.Methods
             where method.HasBody
             from instruction in method.Body.Instructions
             where instruction.Operand is MethodReference called && Makes(called)
             select Outermost(type).FullName).ToHashSet(StringComparer.Ordinal);
    }

    private static bool Makes(MethodReference called)
    {
        var name = $"{called.DeclaringType.FullName}::{called.Name}";
        return Making.Contains(name) || Array.Exists(MakingStarts, start => name.StartsWith(start, StringComparison.Ordinal))
            || (name == "System.IO.StreamWriter::.ctor" && called.Parameters[0].ParameterType.FullName == "System.String");
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
