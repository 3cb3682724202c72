namespace MemoryTriggers.Files;

/// <summary>
/// Replaces files as a whole, durably: a new file is written beside the old one, forced to disk, renamed, and the name is forced to disk.
/// At any moment, a loss of power included, the old content is there or the new one.
/// </summary>
internal static class DurableFile
{
    private const string TemporaryExtension = ".tmp";

    /// <param name="path">The file; its folder exists.</param>
    /// <param name="content">The content.</param>
    /// <param name="disk">The disk that holds it.</param>
    /// <exception cref="IOException">The disk is full, or refuses. The old file is as it was; at most the last step, forcing the new name,
    /// is left to the next time.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content, IDisk disk)
    {
        var temporary = path + TemporaryExtension;
        try
        {
            using var file = disk.Open(temporary, FileMode.Create);
            file.Write(content, 0);
            file.SyncData();
        }
        catch (IOException)
        {
            // Half of a file would take the room that the next try needs.
            TryDelete(temporary, disk);
            throw;
        }

        Rename(temporary, path, disk);
    }

    /// <summary>Forces a written file to disk, and renames it to its final name, replacing an older one.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void PutInPlace(string written, string path, IDisk disk)
    {
        using (var file = disk.Open(written, FileMode.Open)) file.SyncData();
        Rename(written, path, disk);
    }

    /// <summary>Renames a file, replacing an existing one, and forces that to disk.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Rename(string from, string to, IDisk disk)
    {
        disk.Move(from, to);
        disk.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>All that is in a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Read(string path, IDisk disk)
    {
        using var file = disk.Open(path, FileMode.Open);
        var bytes = new byte[file.Length];
        var read = file.Read(bytes, 0);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Deletes a file that the next try would write over.</summary>
    public static void TryDelete(string path, IDisk disk)
    {
        try
        {
            disk.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next try writes over it.
        }
    }
}
