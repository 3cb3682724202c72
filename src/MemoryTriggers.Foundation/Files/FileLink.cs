namespace MemoryTriggers.Files;

/// <summary>Symbolic links in place of files.</summary>
internal static class FileLink
{
    /// <summary>Refuses a name that is a link to a file elsewhere: writing there would change a file that is not ours.</summary>
    /// <remarks>The folder itself, and those above it, may be links: the user has put them there.</remarks>
    /// <exception cref="IOException">It is such a link.</exception>
    public static void RefuseForeign(string path)
    {
        if (new FileInfo(path).LinkTarget is not { } named) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(named, folder);
        if (IsWithin(folder, target) || (Directory.ResolveLinkTarget(folder, returnFinalTarget: true) is { } real
            && IsWithin(real.FullName, target))) return;

        throw new IOException(
            $"'{path}' is a symbolic link to '{target}', outside of its folder, and is not followed. Set the path to that file instead.");
    }

    private static bool IsWithin(string folder, string path) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
