namespace MemoryTriggers.Inspection;

/// <summary>Reads files that others write at the same time.</summary>
internal static class ReadOnlyFile
{
    private const FileShare Anyone = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>The content of a file; empty when there is none.</summary>
    public static byte[] Bytes(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, Anyone);
            var bytes = new byte[RandomAccess.GetLength(file)];
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and var more) read += more;
            return bytes.AsSpan(0, read).ToArray();
        }
        catch (FileNotFoundException)
        {
            // Its owner may have deleted it a moment ago.
            return [];
        }
    }

    /// <summary>Whether a living process holds a lock file. Looking takes the lock for a moment, shared with others who look.</summary>
    public static bool IsLocked(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException exception) when (Files.FileLock.IsHeld(exception))
        {
            return true;
        }
    }
}
