namespace MemoryTriggers.Files;

/// <summary>Opens files to be read, while others write, rename and delete them.</summary>
internal static class SharedRead
{
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
