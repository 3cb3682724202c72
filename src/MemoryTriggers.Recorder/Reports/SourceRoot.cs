namespace MemoryTriggers.Reports;

/// <summary>The folder of the repository: what is remembered names files from there, and no folder of this machine.</summary>
internal sealed class SourceRoot
{
    private SourceRoot(string path) => Path = path;

    public string Path { get; }

    /// <summary>The nearest folder with a <c>.git</c>, else the folder itself.</summary>
    public static SourceRoot Of(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            var git = System.IO.Path.Combine(current.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git)) return new SourceRoot(current.FullName);
        }

        return new SourceRoot(System.IO.Path.GetFullPath(folder));
    }

    /// <summary>From the root; a file outside of it by its name alone.</summary>
    public string Relative(string file, string? folder = null)
    {
        if (file.Length == 0) return "";
        var full = System.IO.Path.GetFullPath(file, folder ?? Path);
        var relative = System.IO.Path.GetRelativePath(Path, full).Replace('\\', '/');
        return relative.StartsWith("..", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(relative)
            ? System.IO.Path.GetFileName(file)
            : relative;
    }
}
