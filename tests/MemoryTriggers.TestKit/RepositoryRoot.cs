namespace MemoryTriggers.TestKit;

/// <summary>The folder of this repository, found from where the tests run: source paths are not kept in deterministic builds.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "MemoryTriggers.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside their repository.");
        }

        return folder.FullName;
    }
}
