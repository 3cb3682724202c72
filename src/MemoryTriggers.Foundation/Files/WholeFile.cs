namespace MemoryTriggers.Files;

/// <summary>
/// Writes files that any process may write at any moment, such as the output of a command: the file is there as a whole, or not at all.
/// Each writer fills a file of its own beside it; of several at once the last one counts. A process that is killed leaves its own file
/// beside the final one.
/// </summary>
internal static class WholeFile
{
    private const string Extension = ".partial";

    /// <param name="path">The file; its folder exists. Its access rights stay; a new one is private.</param>
    /// <param name="write">Gets the path of an empty file, and fills it.</param>
    /// <param name="replaces">Whether it may be there already; checked again when it is put in place.</param>
    /// <returns>What <paramref name="write"/> returns.</returns>
    /// <exception cref="IOException">It cannot be written, or is there already. What was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<string, Task<T>> write, bool replaces = true)
    {
        var target = Path.GetFullPath(path);
        var partial = Begin(target);
        try
        {
            var result = await write(partial).ConfigureAwait(false);
            PutInPlace(partial, target, replaces);
            return result;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <inheritdoc cref="WriteAsync"/>
    public static void Write(string path, Action<string> write, bool replaces = true)
    {
        var target = Path.GetFullPath(path);
        var partial = Begin(target);
        try
        {
            write(partial);
            PutInPlace(partial, target, replaces);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Copies a file to a name that is not there yet.</summary>
    /// <exception cref="IOException">It cannot be copied, or there is such a file.</exception>
    public static void Copy(string from, string to) =>
        Write(to, partial =>
        {
            using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = PrivateFile.Open(partial, FileMode.Open, FileAccess.Write);
            source.CopyTo(copy);
        }, replaces: false);

    /// <summary>The size of the largest file that is being written for a path.</summary>
    public static long Written(string path)
    {
        var target = Path.GetFullPath(path);
        return new DirectoryInfo(Path.GetDirectoryName(target)!).EnumerateFiles("*" + Extension)
            .Where(file => file.Name.StartsWith(Path.GetFileName(target) + '.', StringComparison.Ordinal))
            .Select(static file => file.Exists ? file.Length : 0).DefaultIfEmpty().Max();
    }

    private static string Begin(string target)
    {
        var partial = $"{target}.{Environment.ProcessId}-{Path.GetRandomFileName()}{Extension}";
        PrivateFile.Open(partial, FileMode.CreateNew, FileAccess.Write).Dispose();
        if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(partial, File.GetUnixFileMode(target));
        return partial;
    }

    private static void PutInPlace(string partial, string target, bool replaces)
    {
        using (var file = SystemDisk.Instance.Open(partial, FileMode.Open)) file.SyncData();
        File.Move(partial, target, replaces);
        SystemDisk.Instance.SyncDirectory(Path.GetDirectoryName(target)!);
    }
}
