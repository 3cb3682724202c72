using System.Security.Cryptography;
using Spectre.Console;

namespace Quickstart;

/// <summary>What lies in a folder: how many files, how large, and one hash over all of them.</summary>
internal sealed record Inventory(int Files, long Bytes, string Hash, string MostFrequentExtension, int MostFrequentCount)
{
    private const int MaxFiles = 5_000;
    private static readonly string[] Skipped = [".git", "bin", "obj", "artifacts", "node_modules"];

    /// <summary>Reads at most 5,000 files; version control and build output are left out.</summary>
    public static Inventory Of(string folder)
    {
        var files = Walk(new DirectoryInfo(folder)).Take(MaxFiles).OrderBy(static file => file.FullName, StringComparer.Ordinal).ToList();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        AnsiConsole.Progress().AutoClear(true).Start(progress =>
        {
            var task = progress.AddTask("hashing", maxValue: Math.Max(1, files.Count));
            foreach (var file in files)
            {
                bytes += Add(hash, file);
                task.Increment(1);
            }
        });

        var most = files.GroupBy(static file => file.Extension is { Length: > 0 } extension ? extension : "without extension")
            .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal).FirstOrDefault();
        return new Inventory(files.Count, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), most?.Key ?? "none", most?.Count() ?? 0);
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in folder.EnumerateFiles("*", options)) yield return file;
        foreach (var inner in folder.EnumerateDirectories("*", options).Where(static inner => !Skipped.Contains(inner.Name)))
        {
            foreach (var file in Walk(inner)) yield return file;
        }
    }

    private static long Add(IncrementalHash hash, FileInfo file)
    {
        using var stream = file.OpenRead();
        var buffer = new byte[64 * 1024];
        long length = 0;
        while (stream.Read(buffer) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            length += read;
        }

        return length;
    }
}
