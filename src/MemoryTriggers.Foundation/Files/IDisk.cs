namespace MemoryTriggers.Files;

/// <summary>
/// The files of a journal by name. Tests put a disk of their own here, one that lives in memory and loses power on demand.
/// </summary>
internal interface IDisk
{
    /// <summary>
    /// Opens for reading and writing; others may rename and delete the file meanwhile. One that is made is private.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Whether it is to be there, or to be made.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    IDiskFile Open(string path, FileMode mode);

    /// <summary>Keeps a file to this process until the result is disposed of, or the process ends.</summary>
    /// <exception cref="IOException">Another one has it, or it cannot be made.</exception>
    IDisposable Lock(string path);

    /// <summary>Renames a file, replacing an existing one.</summary>
    void Move(string from, string to);

    /// <summary>Deletes a file. Harmless when there is none.</summary>
    void Delete(string path);

    bool FileExists(string path);

    /// <summary>What a path names.</summary>
    PathKind KindOf(string path) =>
        FileExists(path) ? PathKind.File : DirectoryExists(path) ? PathKind.Folder : PathKind.None;

    bool DirectoryExists(string path);

    /// <summary>The files of a folder whose names end so, in the order of their names.</summary>
    string[] Files(string directory, string ending);

    /// <summary>What else has such a name in a folder: folders, links, pipes and others that are no files.</summary>
    string[] Others(string directory, string ending) => [];

    /// <summary>The facts about a file.</summary>
    /// <exception cref="IOException">There is none.</exception>
    DiskFileFacts Facts(string path);

    /// <summary>Makes a folder and those above it, private ones. Harmless when there is one.</summary>
    void CreateDirectory(string path);

    /// <summary>Forces names to the disk: created, renamed and deleted files.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    void SyncDirectory(string directory);

    /// <summary>Whether preallocated blocks stay behind a mapping on the file system of the directory.</summary>
    bool KeepsMappedBlocks(string directory);
}
