using System.Diagnostics;
using System.Globalization;

namespace MemoryTriggers.Soak;

/// <summary>What the program under load took at one moment.</summary>
internal sealed record LoadSample(long Calls, double WorkingSet, double Handles, double Threads, double Journal, double Store)
{
    private const string Prefix = "m ";

    public static LoadSample Take(string folder, long calls)
    {
        using var self = Process.GetCurrentProcess();
        return new LoadSample(
            calls, self.WorkingSet64, Directory.GetFileSystemEntries("/proc/self/fd").Length, self.Threads.Count,
            Bytes(Path.Combine(folder, "journal"), "*"), Bytes(folder, "memory.db*"));
    }

    public string ToLine() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Calls} {WorkingSet} {Handles} {Threads} {Journal} {Store}");

    /// <summary>The sample in a line of the child, if it is one.</summary>
    public static LoadSample? Read(string line)
    {
        if (!line.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        double[] values = [.. line[Prefix.Length..].Split(' ').Select(static text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new LoadSample((long)values[0], values[1], values[2], values[3], values[4], values[5]);
    }

    // Segments come and go while they are counted.
    private static long Bytes(string folder, string pattern)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles(pattern, SearchOption.AllDirectories).Sum(static file => file.Exists ? file.Length : 0);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
