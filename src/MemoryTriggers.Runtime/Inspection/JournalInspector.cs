using MemoryTriggers.Decoding;
using MemoryTriggers.Inspection;

namespace MemoryTriggers;

/// <summary>Looks at journals from outside: owns nothing, changes nothing, and may be used while programs write. Thread-safe.</summary>
internal static class JournalInspector
{
    /// <summary>The folders under a data folder that hold a journal, one for each process that has been at work there.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Find(string dataDirectory)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataDirectory);
        return [.. new Files.DataDirectory(dataDirectory, "").Journals.Where(Directory.Exists)];
    }

    /// <summary>Reads a journal from its first to its last byte. Takes time in proportion to its size.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static JournalInspection Inspect(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new JournalFolderReader(directory).Inspect();
    }

    /// <summary>The records that are not acknowledged, as the memories that they will become; those of one lane in their order.</summary>
    /// <param name="directory">The folder of the journal.</param>
    /// <param name="project">The project of records that name none. <value><c>unknown</c></value></param>
    /// <returns>The readable records; unreadable ones are left out.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<MemoryEntry> ReadPending(string directory, string? project = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new JournalFolderReader(directory).ReadPending(new MemoryComposer(project));
    }
}
