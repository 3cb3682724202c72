using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MemoryTriggers.Cli.Reports;

/// <summary>
/// Tells whether assemblies with triggers were woven, by the mark that the generator leaves in them and the weaver turns. Reads metadata;
/// nothing of the assemblies is loaded or run.
/// </summary>
internal static class WovenAssemblies
{
    private const byte LoadOne = 0x17; // ldc.i4.1

    public static IEnumerable<Finding> Look(string path)
    {
        if (File.Exists(path)) return [LookAt(path) ?? new Finding(Path.GetFileName(path), true, "has no triggers")];
        if (!Directory.Exists(path)) return [new Finding(path, false, "there is no such file or folder")];

        List<Finding> found = [.. Directory.EnumerateFiles(path, "*.dll").Concat(Directory.EnumerateFiles(path, "*.exe")).Order()
            .Select(LookAt).OfType<Finding>()];
        return found.Count > 0 ? found : [new Finding(path, true, "no assembly in it has triggers")];
    }

    /// <returns><see langword="null"/> when there is nothing to weave in it.</returns>
    private static Finding? LookAt(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata || IsWoven(file) is not { } isWoven) return null;
            return new Finding(Path.GetFileName(path), isWoven, isWoven
                ? "woven"
                : "has triggers and was not woven: build it with the package MemoryTriggers, and without MemoryTriggersWeave=false");
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private static bool? IsWoven(PEReader file)
    {
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (!metadata.StringComparer.Equals(type.Name, "WeavingMark")
                || !metadata.StringComparer.Equals(type.Namespace, "MemoryTriggers.Generated")) continue;
            foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                if (metadata.StringComparer.Equals(method.Name, "IsWoven"))
                    return file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()?.Contains(LoadOne) ?? false;
            }
        }

        return null;
    }
}
