namespace MemoryTriggers.Journal;

/// <summary>The file system of the machine.</summary>
internal sealed class SystemDisk(INativeFile native) : IDisk
{
    public static SystemDisk Instance { get; } = new(NativeFile.Instance);

    public IDiskFile Open(string path, FileMode mode) =>
        new SystemDiskFile(File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), native);

    public IDisposable Lock(string path) => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public bool FileExists(string path) => File.Exists(path);

    public bool DirectoryExists(string path) => Directory.Exists(path);

    public string[] Files(string directory, string ending)
    {
        var files = Directory.GetFiles(directory, "*" + ending);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public void SyncDirectory(string directory) => native.SyncDirectory(directory);

    public bool KeepsMappedBlocks(string directory) => native.KeepsMappedBlocks(directory);
}
