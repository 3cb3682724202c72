using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Files;

namespace MemoryTriggers.Cli.Reports;

/// <summary>Finds what others than its user can read or write: files of earlier versions, or with rights that were given by hand.</summary>
internal static class FolderAccess
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    public static Finding Look(StoreFolder folder)
    {
        if (OperatingSystem.IsWindows()) return new Finding("access", true, "as the access control lists of the folder say");
        var open = Entries(folder).Where(IsOpen).Order(StringComparer.Ordinal).ToList();
        if (open is not [var first, ..]) return new Finding("access", true, "files and folders are for their user alone");

        var names = open.Count == 1 ? first : $"{first} and {Cells.NumberText(open.Count - 1)} more";
        return new Finding("access", false, $"others than the user have rights to {names}: take them away with " +
            $"'chmod -R go= {(folder.Journals.Count > 0 ? folder.Path : first)}'");
    }

    // The folder of a store that was named, without a journal, is not ours.
    private static IEnumerable<string> Entries(StoreFolder folder) => folder.Journals.Count > 0
        ? Directory.EnumerateFileSystemEntries(folder.Path, "*", All).Prepend(folder.Path)
        : ((string[])["", "-wal", "-shm", "-journal", ".lock"]).Select(part => folder.Store + part).Where(File.Exists);

    private static bool IsOpen(string path)
    {
        if (OperatingSystem.IsWindows()) return false;
        try
        {
            var entry = new FileInfo(path);
            return entry.LinkTarget is null && (entry.UnixFileMode & PrivateFile.Others) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is gone: a running program makes and removes files.
            return false;
        }
    }
}
