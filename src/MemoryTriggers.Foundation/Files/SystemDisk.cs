namespace MemoryTriggers.Files;

/// <summary>The file system of the machine.</summary>
internal sealed class SystemDisk(INativeFile native) : IDisk
{
    private const FileShare Share = FileShare.ReadWrite | FileShare.Delete;

    public static SystemDisk Instance { get; } = new(NativeFile.Instance);

    public IDiskFile Open(string path, FileMode mode)
    {
        // Opened, a pipe or a device may never answer.
        if (KindOf(path) is PathKind.Folder or PathKind.Special) throw new IOException($"'{path}' is not a file.");
        return new SystemDiskFile(PrivateFile.Open(path, mode, FileAccess.ReadWrite, Share, bufferSize: 0).SafeFileHandle, native);
    }

    public IDisposable Lock(string path) => PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, bufferSize: 0);

    public void Move(string from, string to)
    {
        if (KindOf(from) == PathKind.Folder) Directory.Move(from, to);
        else File.Move(from, to, overwrite: true);
    }

    public void Delete(string path) => File.Delete(path);

    public bool FileExists(string path) => File.Exists(path);

    public PathKind KindOf(string path) => FileFacts.Of(path).Kind;

    public bool DirectoryExists(string path) => Directory.Exists(path);

    public string[] Files(string directory, string ending)
    {
        var files = Array.FindAll(Directory.GetFiles(directory, "*" + ending), path => KindOf(path) is PathKind.File or PathKind.Link);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    public string[] Others(string directory, string ending) =>
        Array.FindAll(Directory.GetFileSystemEntries(directory, "*" + ending), path => KindOf(path) is not PathKind.File);

    public DiskFileFacts Facts(string path)
    {
        var file = new FileInfo(path);
        return new DiskFileFacts(file.Length, file.LastWriteTimeUtc);
    }

    public void CreateDirectory(string path) => PrivateFile.CreateDirectory(path);

    public void SyncDirectory(string directory) => native.SyncDirectory(directory);

    public bool KeepsMappedBlocks(string directory) => native.KeepsMappedBlocks(directory);
}
