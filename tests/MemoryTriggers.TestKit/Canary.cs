using System.Diagnostics;
using System.Text;

namespace MemoryTriggers.TestKit;

/// <summary>A word that is looked for in files: of any case, in UTF-8 and UTF-16.</summary>
internal sealed class Canary(string word)
{
    public string Word => word;

    /// <summary>The files of a folder that have it, by their path in the folder.</summary>
    /// <remarks>
    /// Another process copies them: one that opens and closes the file of a database loses the locks that it has on it.
    /// </remarks>
    public IReadOnlyList<string> FilesIn(string folder)
    {
        using var copy = new TemporaryDirectory();
        var snapshot = copy.File("snapshot");
        using (var process = Process.Start(OperatingSystem.IsWindows() ? "robocopy" : "cp",
            OperatingSystem.IsWindows() ? ["/e", "/r:0", "/njh", "/njs", "/ndl", "/nfl", folder, snapshot] : ["-r", folder, snapshot]))
            process.WaitForExit();
        return
        [
            .. Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories).Where(Has)
                .Select(file => Path.GetRelativePath(snapshot, file)).Order(StringComparer.Ordinal),
        ];
    }

    private bool Has(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        // Latin-1 keeps every byte; the letters of the word are ASCII.
        var bytes = Encoding.Latin1.GetString(copy.GetBuffer(), 0, (int)copy.Length);
        return bytes.Contains(word, StringComparison.OrdinalIgnoreCase)
            || bytes.Contains(string.Join('\0', word.AsEnumerable()), StringComparison.OrdinalIgnoreCase);
    }
}
